import fc from "fast-check";
import { expect, test } from "vitest";
import type { Field } from "#records";
import { textOf } from "../cells.tsx";
import { readCell, readDay, writeCell, writeDay } from "./cell-text.ts";
import { asTsv, fromTsv } from "./clipboard.ts";
import { edited, withEdits, type Edit } from "./edits.ts";

test("whatever cells hold, a copied block is read back as it was", () => {
  const cell = fc.stringMatching(/^[a-z"\t\n ,;.]{0,8}$/);
  const block = fc.integer({ min: 1, max: 4 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 })); // prettier-ignore
  fc.assert(
    fc.property(block, (rows) => {
      // One empty last row of one cell is what a break at the end of the block looks like.
      fc.pre(rows.length === 1 || rows.at(-1)?.length !== 1 || rows.at(-1)?.[0] !== "");
      expect(fromTsv(asTsv(rows))).toEqual(rows);
    }),
  );
});

test("a block from Excel ends with a break; a lone quote is a letter", () => {
  expect(fromTsv('a\t"b\nc ""d"""\r\n3.5" disk\te\r\n')).toEqual([["a", 'b\nc "d"'], ['3.5" disk', "e"]]); // prettier-ignore
  expect(fromTsv('"open')).toEqual([['"open']]);
});

test("a day is written and read in the order of the locale, and ISO everywhere", () => {
  expect(["de", "en-US", "en-GB", "hu", "ja"].map((tag) => writeDay("2026-11-02", tag).replaceAll(/\s/g, ""))).toEqual(["02.11.2026", "11/02/2026", "02/11/2026", "2026.11.02.", "2026/11/02"]); // prettier-ignore
  for (const tag of ["de", "en-US", "en-GB", "hu", "ja"]) {
    expect(readDay(writeDay("2026-11-02", tag), tag)).toBe("2026-11-02");
    expect(readDay("2026-11-02", tag)).toBe("2026-11-02");
  }
  expect(readDay("31.02.2026", "de")).toBeUndefined();
  expect(readDay("soon", "de")).toBeUndefined();
});

const field = (type: Field["type"], more: Partial<Field> = {}): Field => ({ name: "f", label: "F", type, ...more });

test("a copied value is read back as the same value, of every type that is read here", () => {
  const cases: [Field, unknown][] = [
    [field("text"), "Waco"], [field("number"), 1234.5], [field("integer"), 12], [field("money"), 123_450], [field("date"), "2026-11-02"],
    [field("datetime"), "2026-11-02T10:05:00.000Z"], [field("boolean"), true], [field("boolean"), false], [field("country"), "DE"], [field("currency"), "EUR"],
    [field("choice", { choices: [{ value: "hot", label: "Very hot" }] }), "hot"],
  ]; // prettier-ignore
  for (const [f, value] of cases)
    expect(readCell(writeCell({ id: "1", f: value }, f), f, { id: "1" })).toEqual({ value });
  expect(readCell("lukewarm", cases.at(-1)![0], { id: "1" })).toHaveProperty("words");
  expect(readCell("", field("text", { required: true }), { id: "1" })).toHaveProperty("words");
  expect(readCell("Vertex GmbH", field("relation", { to: "account" }), { id: "1" })).toEqual({ find: "Vertex GmbH" });
});

test("what was pasted and does not fit is shown as it was pasted", () => {
  for (const type of ["money", "number", "date", "datetime", "choice", "country"] as const)
    expect(textOf({ id: "1", f: "lukewarm" }, field(type))).toBe("lukewarm");
});

test("what is typed lies over the record until it is taken away", () => {
  const saving: Edit = { value: "a1", title: "Vertex", mark: "saving" };
  const edits = edited(edited(new Map(), "1", { account_id: saving }), "1", {
    "custom.size": { value: 4, mark: "refused" },
  });
  expect(withEdits({ id: "1", account_id: null, custom: { size: 3 } }, edits.get("1"))).toMatchObject({ account_id: "a1", account: { id: "a1", title: "Vertex" }, "custom.size": 4 }); // prettier-ignore
  expect(edited(edits, "1", { account_id: undefined, "custom.size": undefined }).size).toBe(0);
});
