import type { Rule } from "#customers";
import { expect, test } from "vitest";
import { ruleOfFlip, type Standing } from "./next.ts";

const day = 86_400_000; // ms
const now = Date.now();
const ago = (days: number): string => new Date(now - days * day).toISOString();
const quiet = (factor: number) => ({ quiet: "order.placed", factor, usual_gap_days: 90, at_least_days: 30 });
const rules: Rule[] = [
  { key: "settled", from: ["customer"], to: "active", when: { all: [{ field: "stage_since", op: "older_than", value: { n: 30, unit: "day" } }] }, reason: "kept it" },
  { key: "at-risk", from: ["customer", "active"], to: "at_risk", when: quiet(2), reason: "no order" },
  { key: "lapsed", from: ["at_risk"], to: "lapsed", when: quiet(4), reason: "no order for long" },
]; // prettier-ignore
const bo: Standing = { stage: "active", since: ago(100), last_order_at: ago(20), usual_gap_days: 28 };

test("silence of twice the usual gap is what comes next for somebody who buys", () => {
  expect(ruleOfFlip(rules, bo, new Date(now + 36 * day).toISOString())?.to).toBe("at_risk");
});

test("of two rules that wait, the one whose time it is is told", () => {
  const cleo: Standing = { stage: "customer", since: ago(10), last_order_at: ago(10), usual_gap_days: null };
  expect(ruleOfFlip(rules, cleo, new Date(now + 20 * day).toISOString())?.to).toBe("active");
  expect(ruleOfFlip(rules, cleo, new Date(now + 170 * day).toISOString())?.to).toBe("at_risk");
});

test("an instant that no rule explains is not guessed at", () => {
  expect(ruleOfFlip(rules, bo, new Date(now + 5 * day).toISOString())).toBeUndefined();
  expect(ruleOfFlip(rules, { ...bo, last_order_at: null }, new Date(now + 36 * day).toISOString())).toBeUndefined();
});
