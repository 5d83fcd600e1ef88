import { expect, test } from "vitest";
import type { Condition } from "./condition.ts";
import { usualGapDays } from "./fact.ts";
import { holds } from "./holds.ts";
import type { FactSeen, Subject } from "./subject.ts";

const dayMs = 86_400_000;
const now = new Date(Math.floor(Date.now() / dayMs) * dayMs + dayMs / 2);
const daysAgo = (days: number): Date => new Date(now.getTime() - days * dayMs);
const orders = (...days: number[]): FactSeen[] =>
  days.map((d, i) => ({
    id: `order-${i}`,
    name: "order.placed",
    occurred_at: daysAgo(d),
    payload: { amount: 100 * (i + 1), product: { sku: "tea" } },
  }));
const ana = (facts: FactSeen[], fields: Record<string, unknown> = {}): Subject => ({
  id: "ana",
  fields,
  facts,
  related: {},
});
const ask = (condition: Condition, subject: Subject, at = now): boolean => holds(condition, subject, at);

test("the usual gap is the median between distinct days, and the fallback for whom we hardly know", () => {
  expect(usualGapDays(orders(60, 50, 20, 10), "order.placed", now, 99)).toBe(10);
  expect(usualGapDays(orders(60, 50, 30), "order.placed", now, 99)).toBe(15);
  expect(usualGapDays(orders(60, 60, 50, 50, 30), "order.placed", now, 99)).toBe(15);
  expect(usualGapDays(orders(60, 50), "order.placed", now, 99)).toBe(99);
  expect(usualGapDays([], "order.placed", now, 0.5)).toBe(1);
});

test("silent for twice the usual gap is quiet, a millisecond earlier is not", () => {
  const facts = orders(70, 60, 50, 20);
  const quiet: Condition = { quiet: "order.placed", factor: 2, usual_gap_days: 365 };
  expect(ask(quiet, ana(facts))).toBe(false);
  expect(ask(quiet, ana(facts), new Date(now.getTime() + 1))).toBe(true);
  expect(ask({ ...quiet, at_least_days: 30 }, ana(facts), new Date(now.getTime() + 1))).toBe(false);
  expect(ask(quiet, ana([]))).toBe(false);
});

test("windows: the fact that entered a stage does not count since the stage; from is included, until is not", () => {
  const subject = ana(orders(10, 5), { stage_since: daysAgo(10), never: null });
  const since = (since_field: string, n: number): Condition => ({
    fact: "order.placed",
    within: { since_field },
    times: { op: "exactly", n },
  });
  expect(ask(since("stage_since", 1), subject)).toBe(true);
  expect(ask(since("never", 0), subject)).toBe(true);
  const between: Condition = {
    fact: "order.placed",
    within: { from: daysAgo(10).toISOString(), until: daysAgo(5).toISOString() },
    times: { op: "exactly", n: 1 },
  };
  expect(ask(between, subject)).toBe(true);
  expect([5, 6].map((n) => ask({ fact: "order.placed", within: { last: { n, unit: "day" } } }, subject))).toEqual([
    false,
    true,
  ]);
});

test("payloads: inner values by path, the last one alone for last, never for exactly 0", () => {
  const subject = ana(orders(10, 5));
  expect(
    ask(
      {
        fact: "order.placed",
        where: { field: "product.sku", op: "is", value: "TEA" },
        times: { op: "at_least", n: 2 },
      },
      subject,
    ),
  ).toBe(true);
  expect(ask({ last: "order.placed", where: { field: "amount", op: "is", value: 100 } }, subject)).toBe(false);
  expect(ask({ last: "order.placed", where: { field: "amount", op: "is", value: 200 } }, subject)).toBe(true);
  expect(ask({ fact: "case.opened", times: { op: "exactly", n: 0 } }, subject)).toBe(true);
  expect(ask({ last: "case.opened", where: { all: [] } }, subject)).toBe(false);
  expect(() => ask({ fact: "order.placed", where: { fact: "order.placed" } }, subject)).toThrow("payload");
});

test("a sample of 30 % takes about 30 % and keeps whom it took when it grows", () => {
  const people = Array.from({ length: 2000 }, (_, i) => ({ ...ana([]), id: `person-${i}` }));
  const taken = (percent: number, salt = "a"): string[] =>
    people.filter((p) => ask({ sample: { percent, salt } }, p)).map((p) => p.id);
  const third = taken(30);
  expect(third.length).toBeGreaterThan(500);
  expect(third.length).toBeLessThan(700);
  expect(taken(50)).toEqual(expect.arrayContaining(third));
  expect(taken(30, "b")).not.toEqual(third);
  expect([taken(0).length, taken(100).length]).toEqual([0, 2000]);
});
