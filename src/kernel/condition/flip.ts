import { shift, type Span } from "../period.ts";
import type { Condition, FactLeaf, FieldLeaf, QuietLeaf } from "./condition.ts";
import { deps } from "./deps.ts";
import { factsCounted, payloadLeaves, silenceOf } from "./fact.ts";
import { momentOf } from "./field.ts";
import { holds } from "./holds.ts";
import type { FactSeen, Subject } from "./subject.ts";

/*
 * When time alone changes a condition. Every leaf names the instants at which it could change, and no change happens anywhere else;
 * the tree is then judged at those instants, in order, until it differs.
 */
const dayMs = 86_400_000;

/**
 * Instants n at which now - span (times 1) or now + span (times -1) passes `at`. Calendar months need several: 28 to 31 March minus a month
 * are all 28 February, so the shifted clock jumps back to 00:00 at the start of each of those days.
 */
function crossings(at: number, span: Span, times: 1 | -1): number[] {
  if (span.unit !== "month" && span.unit !== "year") return [shift(new Date(at), span, times).getTime()];
  const moment = new Date(at);
  const months = times * span.n * (span.unit === "year" ? 12 : 1);
  const first = Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + months, 1);
  const next = Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + months + 1, 1);
  const daysHere = new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + 1, 0)).getUTCDate();
  const ofDay = ((at % dayMs) + dayMs) % dayMs;
  const found = [next];
  for (let day = 1, start = first; start < next; day += 1, start += dayMs)
    if (Math.min(day, daysHere) === moment.getUTCDate()) found.push(start, start + ofDay);
  return found;
}

function fieldInstants(leaf: FieldLeaf, seen: unknown): number[] {
  if (leaf.op !== "within_last" && leaf.op !== "older_than" && leaf.op !== "within_next") return [];
  const at = momentOf(seen);
  if (at === null || typeof leaf.value !== "object" || Array.isArray(leaf.value)) return [];
  return [at.from, ...crossings(at.from, leaf.value, leaf.op === "within_next" ? -1 : 1)];
}

const payloadInstants = (where: Condition | undefined, facts: readonly FactSeen[]): number[] =>
  facts.flatMap((f) => payloadLeaves(where, f.payload).flatMap(({ leaf, seen }) => fieldInstants(leaf, seen)));

// While no fact lies ahead and no payload ages, a count only falls: it passes n and n + 1 as the n-th and (n + 1)-th newest leave the window.
function leavingFacts(leaf: FactLeaf, subject: Subject, named: readonly FactSeen[], now: Date): readonly FactSeen[] {
  const ahead = named.some((f) => f.occurred_at.getTime() > now.getTime());
  if (ahead || (leaf.where && deps(leaf.where).time)) return named;
  const n = leaf.times?.n ?? 1;
  const counted = factsCounted({ ...leaf, within: undefined }, subject, now);
  return counted.slice(Math.max(0, counted.length - n - 1), counted.length - Math.max(0, n - 1));
}

function factInstants(leaf: FactLeaf, subject: Subject, now: Date): number[] {
  const named = subject.facts.filter((f) => f.name === leaf.fact);
  const arrivals = named.map((f) => f.occurred_at.getTime());
  const ageing = payloadInstants(leaf.where, named);
  if (leaf.within === undefined || !("last" in leaf.within)) return [...arrivals, ...ageing];
  const { last } = leaf.within;
  const leaving = leavingFacts(leaf, subject, named, now).flatMap((f) => crossings(f.occurred_at.getTime(), last, 1));
  return [...arrivals, ...ageing, ...leaving];
}

function quietInstants(leaf: QuietLeaf, subject: Subject, now: Date): number[] {
  const ahead = subject.facts
    .filter((f) => f.name === leaf.quiet && f.occurred_at.getTime() > now.getTime())
    .map((f) => f.occurred_at);
  return [now, ...ahead].flatMap((from) => {
    const silence = silenceOf(leaf, subject, from);
    const over = silence ? [silence.last.occurred_at.getTime() + silence.allowed_ms] : [];
    return [from.getTime(), ...over];
  });
}

function instants(node: Condition, subject: Subject, now: Date): number[] {
  if ("all" in node) return node.all.flatMap((c) => instants(c, subject, now));
  if ("any" in node) return node.any.flatMap((c) => instants(c, subject, now));
  if ("not" in node) return instants(node.not, subject, now);
  if ("field" in node) return fieldInstants(node, subject.fields[node.field]);
  if ("fact" in node) return factInstants(node, subject, now);
  if ("quiet" in node) return quietInstants(node, subject, now);
  if ("last" in node) {
    const named = subject.facts.filter((f) => f.name === node.last);
    return [...named.map((f) => f.occurred_at.getTime()), ...payloadInstants(node.where, named)];
  }
  if ("sample" in node || "segment" in node || "consent" in node || node.where === undefined) return [];
  const { where } = node;
  return (subject.related[node.related] ?? []).flatMap((r) => instants(where, r, now));
}

/** The first instant after `now` at which the condition's truth differs from now's though nothing new happens; null when it never does. */
export function nextFlip(condition: Condition, subject: Subject, now: Date): Date | null {
  // A boundary may be included or excluded, so the millisecond after it is asked as well.
  const ahead = new Set<number>();
  for (const at of instants(condition, subject, now))
    for (const ms of [at, at + 1]) if (ms > now.getTime() && ms <= 8.64e15) ahead.add(ms);
  if (ahead.size === 0) return null;
  const today = holds(condition, subject, now);
  for (const ms of [...ahead].sort((a, b) => a - b)) {
    const at = new Date(ms);
    if (holds(condition, subject, at) !== today) return at;
  }
  return null;
}
