import { expect, test } from "vitest";
import { Refused } from "../refusal.ts";
import { conditionSchema, type Condition } from "./condition.ts";
import { deps } from "./deps.ts";
import { evaluate } from "./evaluate.ts";
import { conditionText, explain } from "./explain.ts";
import type { Subject } from "./subject.ts";
import { validateCondition, type ConditionVocabulary } from "./validate.ts";

const now = new Date();
const ana: Subject = {
  id: "ana",
  fields: { country: "DE", "account.name": "Tea House" },
  facts: [1, 2, 3].map((d) => ({
    id: `order-${d}`,
    name: "order.placed",
    occurred_at: new Date(now.getTime() - (4 - d) * 86_400_000),
    payload: {},
  })),
  related: { cases: [] },
};
const words = {
  field: (name: string) => (name === "country" ? "Country" : name),
  fact: (name: string) => (name === "order.placed" ? "placed an order" : name),
};
const loyal: Condition = {
  all: [
    { fact: "order.placed", times: { op: "at_least", n: 2 }, within: { last: { n: 90, unit: "day" } } },
    { not: { field: "country", op: "is", value: "FR" } },
    {
      any: [
        { related: "cases", has: "some", where: { field: "state", op: "is", value: "open" } },
        { fact: "case.opened", times: { op: "at_most", n: 0 } },
      ],
    },
  ],
};

test("why Ana is loyal can be read line by line, with the facts that made it so", () => {
  const why = explain(loyal, evaluate(loyal, ana, now), words);
  expect(why.text).toBe("all of these: yes");
  expect(why.evidence).toEqual(["order-1", "order-2", "order-3"]);
  expect(why.children.map((c) => c.text)).toEqual([
    "placed an order at least 2 times in the last 90 days: yes (3)",
    "not this: yes",
    "at least one of these: yes",
  ]);
  expect(why.children[1]?.children.map((c) => c.text)).toEqual(["Country is FR: no (DE)"]);
  expect(why.children[2]?.children.map((c) => c.text)).toEqual([
    "has cases where state is open: no (0)",
    "never case.opened: yes (0)",
  ]);
  expect(conditionText({ any: [loyal, { field: "country", op: "is_set" }] }, words)).toBe(
    "(placed an order at least 2 times in the last 90 days and not Country is FR and (has cases where state is open or never case.opened)) or Country is filled in",
  );
});

test("what can change a condition is known before it changes", () => {
  const found = deps(loyal);
  expect([...found.facts]).toEqual(["order.placed", "case.opened"]);
  expect([...found.fields]).toEqual(["country", "cases.state"]);
  expect([...found.related]).toEqual(["cases"]);
  expect(found.time).toBe(true);
  expect(deps({ fact: "order.placed", where: { field: "amount", op: "gt", value: 5 } })).toMatchObject({
    time: false,
    fields: new Set(),
  });
});

const cases: ConditionVocabulary = {
  field: (f) => (f === "state" ? "text" : undefined),
  fact: () => false,
  related: () => undefined,
};
const contacts: ConditionVocabulary = {
  field: (f) =>
    ({ country: "country", paid_total: "money", since: "datetime", born: "date", owner_id: "user", "custom.x": "any" })[
      f
    ] as "money" | undefined,
  fact: (f) => f === "order.placed" || f === "case.opened",
  related: (r) => (r === "cases" ? cases : undefined),
};
const refusal = (condition: unknown): string | undefined => {
  try {
    validateCondition(conditionSchema.parse(condition), contacts);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.fields[0]?.field;
  }
};

test("a wrong condition is refused by the path of the leaf that is wrong", () => {
  expect(refusal(loyal)).toBeUndefined();
  expect(refusal({ all: [{ any: [] }, { not: { field: "shoe_size", op: "is", value: 43 } }] })).toBe("all.1.not.field");
  expect(refusal({ field: "paid_total", op: "contains", value: "1" })).toBe("value");
  expect(refusal({ field: "paid_total", op: "between", value: [5, 1] })).toBe("value");
  expect(refusal({ field: "since", op: "lt", value: "2023-02-30" })).toBe("value");
  expect(refusal({ field: "born", op: "within_last", value: 30 })).toBe("value");
  expect(refusal({ field: "owner_id", op: "is", value: "me" })).toBe("value");
  expect(refusal({ field: "country", op: "in", value: [] })).toBe("value");
  expect(refusal({ field: "country", op: "is", value: "D\u0000" })).toBe("value");
  expect(refusal({ fact: "order.lost" })).toBe("fact");
  expect(refusal({ fact: "order.placed", within: { since_field: "paid_total" } })).toBe("within.since_field");
  expect(refusal({ fact: "order.placed", where: { all: [{ fact: "order.placed" }] } })).toBe("where.all.0");
  expect(refusal({ related: "cases", has: "some", where: { fact: "order.placed" } })).toBe("where.fact");
  expect(refusal({ related: "pets", has: "none" })).toBe("related");
});
