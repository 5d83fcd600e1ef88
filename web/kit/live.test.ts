import { QueryClient } from "@tanstack/react-query";
import { expect, onTestFinished, test, vi } from "vitest";
import { askAgain, touchedBy } from "./live.ts";

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

test("of a thousand facts in a second the first and the last are asked after, and each screen by itself", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const cache = new QueryClient();
  const asked: string[] = [];
  for (const key of ["cases", "leads"]) await cache.prefetchQuery({ queryKey: [key], queryFn: () => key });
  cache.getQueryCache().subscribe((told) => {
    if (told.type === "updated" && told.action.type === "invalidate") asked.push(String(told.query.queryKey[0]));
    // Asked again and answered: it can become stale anew.
    if (told.type === "updated" && told.action.type === "invalidate") told.query.setState({ isInvalidated: false });
  });
  for (let i = 0; i < 500; i++) askAgain(cache, ["cases"]);
  expect(asked).toEqual(["cases"]);
  askAgain(cache, ["leads"]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual(["cases", "cases", "leads"]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toHaveLength(3);
  askAgain(cache, ["leads"]);
  expect(asked).toHaveLength(4);
});
