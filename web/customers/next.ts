import type { Rule } from "#customers";
import type { Condition } from "#kernel/condition";

/*
 * Words we use
 *   flip   the instant at which time alone makes a rule true; the server says when the next one is, this finds which rule it belongs to
 */
export interface Standing {
  stage: string;
  since: string;
  last_order_at: string | null;
  usual_gap_days: number | null;
}

const day = 86_400_000; // ms
const spanDays: Partial<Record<string, number>> = { minute: 1 / 1440, hour: 1 / 24, day: 1, week: 7 };
// The server keeps the usual gap with six digits, so its instant and ours differ by seconds.
const near = 10 * 60_000; // ms

/** The instants, in ms, at which time alone changes the truth of a condition's leaves. */
function flipsOf(node: Condition, at: Standing): number[] {
  if ("all" in node) return node.all.flatMap((part) => flipsOf(part, at));
  if ("any" in node) return node.any.flatMap((part) => flipsOf(part, at));
  if ("not" in node) return flipsOf(node.not, at);
  if ("quiet" in node) {
    if (node.quiet !== "order.placed" || at.last_order_at === null) return [];
    const days = Math.max(node.factor * (at.usual_gap_days ?? node.usual_gap_days), node.at_least_days ?? 0);
    return [Date.parse(at.last_order_at) + days * day];
  }
  if (!("field" in node) || node.op !== "older_than" || typeof node.value !== "object" || Array.isArray(node.value))
    return [];
  const from = node.field === "stage_since" ? at.since : node.field === "last_order_at" ? at.last_order_at : null;
  const length = spanDays[node.value.unit];
  return from === null || length === undefined ? [] : [Date.parse(from) + node.value.n * length * day];
}

/** The rule that the next flip belongs to, by the customer's standing; undefined when none of the rules says that instant. */
export function ruleOfFlip(rules: readonly Rule[], at: Standing, next: string): Rule | undefined {
  const due = Date.parse(next);
  return rules.find(
    (rule) =>
      (rule.from === "any" || rule.from.some((stage) => stage === at.stage)) &&
      flipsOf(rule.when, at).some((flip) => Math.abs(flip - due) < near),
  );
}
