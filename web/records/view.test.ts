import { expect, test } from "vitest";
import { tableSearch } from "./view.ts";

test("conditions of every kind are read from an address", () => {
  for (const filter of [
    { field: "name", op: "is_set" },
    {
      all: [{ field: "paid", op: "gte", value: 100 }, { not: { any: [{ field: "country", op: "is", value: "DE" }] } }],
    },
    {
      fact: "order.placed",
      times: { op: "at_least", n: 3 },
      within: { last: { n: 1, unit: "year" } },
      where: { field: "lines", op: "gt", value: 1 },
    },
    { last: "survey.answered", where: { field: "score", op: "lte", value: 6 } },
    { quiet: "order.placed", factor: 2, usual_gap_days: 90 },
    { related: "orders", has: "some", where: { field: "total", op: "gt", value: 5000 } },
    { related: "orders", has: { op: "at_least", n: 2 } },
    { sample: { percent: 10, salt: "a" } },
  ])
    expect(tableSearch({ filter })).toEqual({ filter });
});

test("what is no condition is left out, so that nothing has to find words for it", () => {
  let deep: object = { field: "name", op: "is_set" };
  for (let n = 0; n < 20; n++) deep = { not: deep };
  for (const filter of [
    "name",
    5,
    null,
    [],
    {},
    { some: "orders" },
    { all: 5 },
    { all: [5] },
    { not: {} },
    { field: 1, op: "is" },
    { fact: {} },
    { fact: "order.placed", times: 3 },
    { sample: 10 },
    { related: "orders" },
    deep,
  ])
    expect(tableSearch({ filter })).toEqual({});
});
