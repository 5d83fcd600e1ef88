import { expect, test } from "vitest";
import type { Condition } from "#kernel/condition";
import { bootWith, objectOf } from "../../kit/boot.ts";
import { sampleBoot } from "../../dev/sample.ts";
import { both, conditionOf, groupsOf } from "./groups.ts";
import { leafWords, sentence } from "./words.ts";

bootWith(sampleBoot());
const contact = objectOf("contact");
if (!contact) throw new Error("the sample company has contacts");

const words = (leaf: Parameters<typeof leafWords>[1], titles?: ReadonlyMap<string, string>) =>
  Object.values(leafWords(contact, leaf, titles))
    .join(" ")
    .trim();

test("a chip says what it means in plain words", () => {
  expect(words({ field: "lifecycle_stage", op: "in", value: ["at_risk", "lapsed"] })).toBe("Stage is At risk, Lapsed");
  expect(words({ field: "paid", op: "gte", value: 150000 })).toBe("Paid is at least €1,500.00");
  expect(words({ field: "last_order_on", op: "older_than", value: { n: 60, unit: "day" } })).toBe(
    "Last order longer ago than 60 days",
  );
  expect(words({ field: "last_order_on", op: "between", value: ["2026-01-01", "2026-03-31"] })).toBe(
    "Last order is between Jan 1, 2026 and Mar 31, 2026",
  );
  expect(words({ field: "email", op: "is_empty" })).toBe("E-mail is empty");
});

test("a related record is called by its title, never by its id", () => {
  const leaf = { field: "account_id", op: "is", value: "0193-77" } as const;
  expect(words(leaf, new Map([["0193-77", "Vertex GmbH"]]))).toBe("Account is Vertex GmbH");
  expect(words(leaf)).not.toContain("0193");
});

test("and of ors becomes groups of chips and comes back unchanged", () => {
  const a = { field: "country", op: "in", value: ["DE"] } as const;
  const b = { field: "orders", op: "gte", value: 3 } as const;
  const condition = { all: [{ any: [a, b] }, { not: a }, b] } as unknown as Condition;
  expect(groupsOf(condition)).toHaveLength(3);
  expect(conditionOf(groupsOf(condition))).toEqual(condition);
  expect(conditionOf(groupsOf({ any: [a, b] } as unknown as Condition))).toEqual({ any: [a, b] });
  expect(conditionOf([])).toBeUndefined();
});

test("a list's own condition and the person's filter must both hold", () => {
  const own: Condition = { field: "account_id", op: "is", value: "1" };
  expect(both(own, undefined)).toEqual(own);
  expect(both(own, { field: "orders", op: "gte", value: 1 })).toEqual({
    all: [own, { field: "orders", op: "gte", value: 1 }],
  });
});

test("a condition too rich for chips is still told in words", () => {
  expect(
    sentence(contact, { any: [{ field: "orders", op: "gte", value: 3 }, { not: { fact: "order.placed" } }] }),
  ).toBe("Orders is at least 3 or not order placed happened");
});
