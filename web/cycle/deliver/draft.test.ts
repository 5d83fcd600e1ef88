import { expect, test } from "vitest";
import { freshLine, linesOf, newOrderSearch, refusalsOf } from "./draft.ts";

test("lines are sent as they were meant, blank ones are not, and what is no number is said at its line", () => {
  const jar = { ...freshLine(), product_id: "p", quantity: "2", price: "" };
  const blank = freshLine();
  const work = { ...freshLine(), description: " Gift wrap ", quantity: "1.5", price: "abc" };
  const { lines, keys, refused } = linesOf([jar, blank, work], "no number");
  expect(lines).toEqual([
    { product_id: "p", quantity: "2" },
    { product_id: null, quantity: "1.5", description: "Gift wrap" },
  ]);
  expect(keys).toEqual([jar.key, work.key]);
  expect(refused).toEqual([{ key: work.key, field: "unit_price", message: "no number" }]);
});

test("a refusal of the server finds its line although blank ones stood before it", () => {
  expect(
    refusalsOf(
      [
        { field: "lines.1.quantity", message: "A quantity is above zero." },
        { field: "lines.0.product_id", message: "There is no such product." },
        { field: "lines.7.quantity", message: "nowhere" },
        { field: "contact_id", message: "not a line" },
      ],
      [11, 14],
    ),
  ).toEqual([
    { key: 14, field: "quantity", message: "A quantity is above zero." },
    { key: 11, field: "description", message: "There is no such product." },
  ]);
});

test("an address names a customer only by an id", () => {
  const id = "01a2030e-8a54-7028-a8f8-d077d71c00b8";
  expect(newOrderSearch({ contact: id, account: "<script>" })).toEqual({ contact: id });
});
