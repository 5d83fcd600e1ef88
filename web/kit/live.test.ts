import { expect, test } from "vitest";
import { touchedBy } from "./live.ts";

const plurals: Record<string, string> = {
  contact: "contacts",
  account: "accounts",
  order: "orders",
  product: "products",
  return: "returns",
};
const pluralOf = (object: string): string | undefined => plurals[object];
const anna = { contact_id: "01", account_id: null };
const nobody = { contact_id: null, account_id: null };

test("a fact says which tables are to be asked again", () => {
  expect(touchedBy({ name: "contact.updated", ...anna }, pluralOf)).toEqual(["contacts"]);
  expect(touchedBy({ name: "order.placed", ...anna, account_id: "02" }, pluralOf)).toEqual([
    "orders",
    "contacts",
    "accounts",
  ]);
  expect(touchedBy({ name: "payment.received", ...nobody }, pluralOf)).toEqual(["orders"]);
  expect(touchedBy({ name: "return.received", ...anna }, pluralOf)).toEqual(["returns", "orders", "contacts"]);
  expect(touchedBy({ name: "customer.stage-changed", ...anna }, pluralOf)).toEqual(["contacts"]);
  expect(touchedBy({ name: "product.created", ...nobody }, pluralOf)).toEqual(["products"]);
  expect(touchedBy({ name: "import.finished", ...nobody }, pluralOf)).toEqual([]);
});
