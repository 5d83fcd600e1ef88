import { expect, test } from "vitest";
import { shift, type Span } from "../period.ts";
import type { FieldLeaf, FieldOp } from "./condition.ts";
import { fieldHolds, momentOf } from "./field.ts";

// What the operators mean, said once in examples: both evaluators share these words, so their property cannot say it.
const now = new Date();
const year = now.getUTCFullYear();
const ask = (seen: unknown, op: FieldOp, value?: FieldLeaf["value"]): boolean =>
  fieldHolds({ field: "x", op, value }, seen, now);

test("an empty field is empty and is no value; every other question about it is answered no", () => {
  for (const nothing of [undefined, null, ""]) {
    expect(["is_empty", "is_not", "not_in", "not_contains"].map((op) => ask(nothing, op as FieldOp, "a"))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    const ops: FieldOp[] = [
      "is_set",
      "is",
      "in",
      "contains",
      "starts_with",
      "ends_with",
      "lt",
      "lte",
      "gt",
      "gte",
      "between",
      "within_last",
      "older_than",
      "within_next",
    ];
    expect(ops.filter((op) => ask(nothing, op, op === "in" ? ["", "a"] : ""))).toEqual([]);
  }
});

test("texts match without regard to case, but accents count and wildcards are letters", () => {
  expect(ask("Müller & Söhne", "is", "MÜLLER & SÖHNE")).toBe(true);
  expect(ask("Müller", "is", "Muller")).toBe(false);
  expect(ask("Anna", "starts_with", "AN")).toBe(true);
  expect(ask("Anna", "ends_with", "NA")).toBe(true);
  expect(ask("100 %", "contains", "0_%")).toBe(false);
  expect(ask("anna", "contains", "")).toBe(false);
});

test("kinds never mix: the number 5 is not the text 5", () => {
  expect([
    ask(5, "is", 5),
    ask("5", "is", 5),
    ask(5, "is", "5"),
    ask("9", "gt", 5),
    ask(true, "is", true),
    ask("true", "is", true),
  ]).toEqual([true, false, false, false, true, false]);
  expect(ask(9, "gt", 10)).toBe(false);
  expect([4, 5, 9, 10].map((n) => ask(n, "between", [5, 9]))).toEqual([false, true, true, false]);
});

test("a day in a condition is the whole day", () => {
  const noon = new Date(Date.UTC(year, 0, 31, 12));
  const day = `${year}-01-31`;
  expect(["is", "lte", "gte", "lt", "gt"].map((op) => ask(noon, op as FieldOp, day))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(ask(noon, "between", [`${year}-01-01`, day])).toBe(true);
  expect(ask(day, "lt", `${year}-02-01`)).toBe(true);
  expect(ask(noon, "gt", `${year}-01-31T12:00:00+01:00`)).toBe(true);
});

test("spans end where they say, to the millisecond", () => {
  const span: Span = { n: 60, unit: "day" };
  const ago = shift(now, span, -1).getTime();
  const ahead = shift(now, span).getTime();
  const at = (ms: number, op: FieldOp): boolean => ask(new Date(ms), op, span);
  expect([ago - 1, ago, ago + 1, now.getTime(), now.getTime() + 1].map((ms) => at(ms, "within_last"))).toEqual([
    false,
    false,
    true,
    true,
    false,
  ]);
  expect([ago - 1, ago].map((ms) => at(ms, "older_than"))).toEqual([true, false]);
  expect([now.getTime(), now.getTime() + 1, ahead, ahead + 1].map((ms) => at(ms, "within_next"))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test("days that do not exist name no time", () => {
  expect(
    ["2023-02-29", "2100-02-29", "2023-04-31", "2023-13-01", "0000-01-01", "2023-1-1", "2023-01-01T24:00:00Z"].map(
      momentOf,
    ),
  ).toEqual(Array(7).fill(null));
  expect(["2024-02-29", "2000-02-29", "2023-12-31T23:59:59.999999+14:00"].map((t) => momentOf(t) === null)).toEqual([
    false,
    false,
    false,
  ]);
});
