import { shift } from "../period.ts";
import { invalid } from "../refusal.ts";
import type { Condition, FactLeaf, FieldLeaf, LastLeaf, QuietLeaf, Times, Within } from "./condition.ts";
import { fieldHolds, momentOf, type Range } from "./field.ts";
import type { FactSeen, Subject } from "./subject.ts";

/*
 * What the leaves about facts mean.
 *
 *   seen     a fact counts from the millisecond at which it occurred: at or before now
 *   fact     counts facts of that name inside the window whose payload matches; without times: at least once; exactly 0 and at_most 0: never did
 *   window   last: after now - span; since_field: strictly after that instant, since a stage is entered by a fact at that very instant,
 *            and nothing counts while the field is empty; from is included, until is excluded
 *   last     the latest seen fact of that name (of two at the same instant the one with the greater id) has a payload that matches
 *   quiet    there is a fact, and now is later than its instant + max(factor x usual gap, at_least_days)
 *   payload  only all, any, not and field leaves; "product.sku" walks objects, never lists
 */
const dayMs = 86_400_000;

/** Whether so many make the times true; without times, one is enough. */
export function timesHold(count: number, times: Times = { op: "at_least", n: 1 }): boolean {
  if (times.op === "at_least") return count >= times.n;
  return times.op === "at_most" ? count <= times.n : count === times.n;
}

/** The facts of that name at or before now, ascending. */
export const seenUntil = (facts: readonly FactSeen[], name: string, now: Date): FactSeen[] =>
  facts.filter((f) => f.name === name && f.occurred_at.getTime() <= now.getTime());

/** The stretch in which a fact counts at `now`; null when none can, as its since_field is empty. `read` gives the subject's field. */
export function windowOf(within: Within | undefined, read: (path: string) => unknown, now: Date): Range | null {
  const until = now.getTime() + 1;
  if (within === undefined) return { from: -Infinity, until };
  if ("last" in within) return { from: shift(now, within.last, -1).getTime() + 1, until };
  if ("since_field" in within) {
    const since = momentOf(read(within.since_field));
    return since && { from: since.from + 1, until };
  }
  const from = within.from === undefined ? -Infinity : Date.parse(within.from);
  return {
    from,
    until: within.until === undefined ? until : Math.min(until, Date.parse(within.until)),
  };
}

function payloadValue(payload: Record<string, unknown>, path: string): unknown {
  let value: unknown = payload;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
      return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** A node about a payload. @throws Refused when it is none: a payload has fields only. */
export function payloadNodeOf(
  node: Condition,
): { all: Condition[] } | { any: Condition[] } | { not: Condition } | FieldLeaf {
  if ("all" in node || "any" in node || "not" in node || "field" in node) return node;
  throw invalid(
    "where",
    "What is asked of a fact's payload can only be all, any, not and fields.",
    "condition.payload",
  );
}

/** Whether a payload meets the condition. @throws Refused when the condition asks for more than fields. */
export function payloadHolds(where: Condition | undefined, payload: Record<string, unknown>, now: Date): boolean {
  if (where === undefined) return true;
  const node = payloadNodeOf(where);
  if ("all" in node) return node.all.every((c) => payloadHolds(c, payload, now));
  if ("any" in node) return node.any.some((c) => payloadHolds(c, payload, now));
  if ("not" in node) return !payloadHolds(node.not, payload, now);
  return fieldHolds(node, payloadValue(payload, node.field), now);
}

/** Every field leaf of a payload condition with the value it meets. */
export function payloadLeaves(
  where: Condition | undefined,
  payload: Record<string, unknown>,
): { leaf: FieldLeaf; seen: unknown }[] {
  if (where === undefined) return [];
  const node = payloadNodeOf(where);
  if ("all" in node) return node.all.flatMap((c) => payloadLeaves(c, payload));
  if ("any" in node) return node.any.flatMap((c) => payloadLeaves(c, payload));
  if ("not" in node) return payloadLeaves(node.not, payload);
  return [{ leaf: node, seen: payloadValue(payload, node.field) }];
}

/** The facts that a fact leaf counts, ascending. */
export function factsCounted(leaf: FactLeaf, subject: Subject, now: Date): FactSeen[] {
  const window = windowOf(leaf.within, (path) => subject.fields[path], now);
  if (window === null) return [];
  return subject.facts.filter((f) => {
    const at = f.occurred_at.getTime();
    return f.name === leaf.fact && at >= window.from && at < window.until && payloadHolds(leaf.where, f.payload, now);
  });
}

/** The latest fact of the leaf's name, when its payload matches. */
export function lastMatch(leaf: LastLeaf, subject: Subject, now: Date): FactSeen | undefined {
  const last = seenUntil(subject.facts, leaf.last, now).at(-1);
  return last && payloadHolds(leaf.where, last.payload, now) ? last : undefined;
}

/**
 * The usual gap in days between facts of that name: the median of the gaps between the distinct UTC days on which it happened,
 * the fallback with fewer than two gaps; never less than one day.
 */
export function usualGapDays(facts: readonly FactSeen[], name: string, now: Date, fallback: number): number {
  const days = [...new Set(seenUntil(facts, name, now).map((f) => Math.floor(f.occurred_at.getTime() / dayMs)))];
  const gaps = days.slice(1).map((day, i) => day - days[i]!);
  if (gaps.length < 2) return Math.max(1, fallback);
  gaps.sort((a, b) => a - b);
  const middle = gaps.length >> 1;
  const median = gaps.length % 2 === 1 ? gaps[middle]! : (gaps[middle - 1]! + gaps[middle]!) / 2;
  return Math.max(1, median);
}

/** The last fact of a quiet leaf and the silence, in milliseconds, that must be exceeded; undefined while there is no fact. */
export function silenceOf(
  leaf: QuietLeaf,
  subject: Subject,
  now: Date,
): { last: FactSeen; usual_gap_days: number; allowed_ms: number } | undefined {
  const last = seenUntil(subject.facts, leaf.quiet, now).at(-1);
  if (last === undefined) return undefined;
  const gap = usualGapDays(subject.facts, leaf.quiet, now, leaf.usual_gap_days);
  return {
    last,
    usual_gap_days: gap,
    allowed_ms: Math.floor(Math.max(leaf.factor * gap, leaf.at_least_days ?? 0) * dayMs),
  };
}

/** Whether the subject has been silent for longer than usual. */
export function isQuiet(leaf: QuietLeaf, subject: Subject, now: Date): boolean {
  const silence = silenceOf(leaf, subject, now);
  return silence !== undefined && now.getTime() - silence.last.occurred_at.getTime() > silence.allowed_ms;
}
