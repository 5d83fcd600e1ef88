import { expect, test } from "vitest";
import { mapped, placed, targetOf, troubles, unconfirmed } from "./mapping.ts";
import type { ColumnGuess, Importable } from "./told.ts";

const guess = (more: Partial<ColumnGuess>): ColumnGuess => ({
  name: "c", kind: "text", decimals: [], dates: [], ambiguous: false, misfits: 0, blank: 0, examples: [], ...more,
}); // prettier-ignore
const field = (name: string, type: string) => ({ name, label: name, type, required: false, help: null });
const orders: Importable = {
  object: "orders",
  label: "Orders",
  custom: false,
  fields: [field("placed_at", "datetime"), field("total", "decimal"), field("number", "text")],
  options: {},
};

test("a field belongs to one column", () => {
  const before = { Date: { field: "placed_at", dates: "d/m/y" }, No: { field: "number" } };
  expect(mapped(before, "Ref", { field: "number" })).toEqual({ Date: before.Date, Ref: { field: "number" } });
  expect(mapped(before, "No", undefined)).toEqual({ Date: before.Date });
});

test("how values are written comes from the guess; what can be read in two ways is left to the person", () => {
  expect(targetOf("total", orders, guess({ decimals: ["1.234,56"] }))).toEqual({
    field: "total",
    decimals: "1.234,56",
  });
  expect(targetOf("placed_at", orders, guess({ dates: ["d.m.y"] }))).toEqual({ field: "placed_at", dates: "d.m.y" });
  expect(targetOf("placed_at", orders, guess({ dates: ["d/m/y", "m/d/y"], ambiguous: true }))).toEqual({
    field: "placed_at",
  });
  expect(targetOf("number", orders, undefined)).toEqual({ field: "number" });
});

test("a proposal for dates that read in two ways is not taken for the person's word", () => {
  const columns = [guess({ name: "When", ambiguous: true }), guess({ name: "Sum" })];
  const mapping = { When: { field: "placed_at", dates: "d/m/y" }, Sum: { field: "total", decimals: "1,234.56" } };
  expect(unconfirmed({ mapping, columns })).toEqual({ When: { field: "placed_at" }, Sum: mapping.Sum });
});

test("what is wrong is counted by column, the first of each kept in words", () => {
  const rows = [2, 3, 4, 5].map((row) => ({
    row,
    cells: [],
    problems: [{ column: row === 5 ? null : "Date", code: "x", message: `row ${row}` }],
  }));
  const found = troubles(rows, 2);
  expect(found.get("Date")).toEqual({ count: 3, first: ["row 2", "row 3"] });
  expect(found.get("")).toEqual({ count: 1, first: ["row 5"] });
});

test("problems of the mapping stand where they can be solved", () => {
  const { column, option, top } = placed(
    [
      { code: "a", message: "m", column: "Date", field: "placed_at" },
      { code: "b", message: "m", field: "options.rates.USD" },
      { code: "c", message: "m", field: "placed_at" },
      { code: "d", message: "m", column: "gone" },
    ],
    ["Date"],
  );
  expect([column, option, top].map((list) => list.map((one) => one.code))).toEqual([["a"], ["b"], ["c", "d"]]);
});
