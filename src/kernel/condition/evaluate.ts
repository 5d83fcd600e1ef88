import type { Condition, Leaf } from "./condition.ts";
import { factsCounted, isQuiet, lastMatch, silenceOf, timesHold } from "./fact.ts";
import { fieldHolds } from "./field.ts";
import { consentHolds, relatedHold, relatedMatches } from "./holds.ts";
import { sampled } from "./sample.ts";
import type { FactSeen, Subject } from "./subject.ts";

/** What a leaf met: the field's value, a count of facts or related records (with their ids), or a silence in days. */
export type Seen =
  | { value: unknown }
  | { count: number; ids: string[] }
  | { last_at: Date; silent_days: number; usual_gap_days: number; allowed_days: number };

/** The truth of one node and of everything below it. Evidence: ids of at most 50 facts, the newest, that made it so. */
export interface Verdict {
  node: Condition;
  truth: boolean;
  evidence: string[];
  children: Verdict[];
  seen?: Seen;
}

const evidenceAtMost = 50;
const dayMs = 86_400_000;
const newest = (ids: string[]): string[] => ids.slice(-evidenceAtMost);
const idsOf = (facts: readonly FactSeen[]): string[] => newest(facts.map((f) => f.id));

function judgeLeaf(node: Leaf, subject: Subject, now: Date): Omit<Verdict, "children"> {
  if ("field" in node) {
    const value = subject.fields[node.field];
    return { node, truth: fieldHolds(node, value, now), evidence: [], seen: { value } };
  }
  if ("fact" in node) {
    const counted = factsCounted(node, subject, now);
    const evidence = idsOf(counted);
    return {
      node,
      truth: timesHold(counted.length, node.times),
      evidence,
      seen: { count: counted.length, ids: evidence },
    };
  }
  if ("last" in node) {
    const last = lastMatch(node, subject, now);
    return { node, truth: last !== undefined, evidence: last ? [last.id] : [] };
  }
  if ("quiet" in node) {
    const silence = silenceOf(node, subject, now);
    if (silence === undefined) return { node, truth: false, evidence: [] };
    const at = silence.last.occurred_at;
    const silent_days = (now.getTime() - at.getTime()) / dayMs;
    const seen = {
      last_at: at,
      silent_days,
      usual_gap_days: silence.usual_gap_days,
      allowed_days: silence.allowed_ms / dayMs,
    };
    return { node, truth: isQuiet(node, subject, now), evidence: [silence.last.id], seen };
  }
  if ("related" in node) {
    const found = relatedMatches(node, subject, now);
    const evidence = node.where ? newest(found.flatMap((r) => evaluate(node.where!, r, now).evidence)) : [];
    return {
      node,
      truth: relatedHold(found.length, node.has),
      evidence,
      seen: { count: found.length, ids: newest(found.map((r) => r.id)) },
    };
  }
  if ("segment" in node)
    return { node, truth: (subject.segments?.has(node.segment) ?? false) === node.is, evidence: [] };
  if ("consent" in node) return { node, truth: consentHolds(node, subject), evidence: [] };
  return { node, truth: sampled(node, subject.id), evidence: [] };
}

// The evidence of a group is that of the members that pulled its way.
function group(node: Condition, truth: boolean, children: Verdict[], pulled: (child: Verdict) => boolean): Verdict {
  const evidence = newest([...new Set(children.filter(pulled).flatMap((c) => c.evidence))]);
  return { node, truth, evidence, children };
}

/** The truth of every node at `now`, with no short cut: what the "why" panel shows. Its root always equals `holds`. */
export function evaluate(condition: Condition, subject: Subject, now: Date): Verdict {
  if ("all" in condition || "any" in condition) {
    const children = ("all" in condition ? condition.all : condition.any).map((c) => evaluate(c, subject, now));
    const truth = "all" in condition ? children.every((c) => c.truth) : children.some((c) => c.truth);
    return group(condition, truth, children, (c) => c.truth === truth);
  }
  if ("not" in condition) {
    const child = evaluate(condition.not, subject, now);
    return group(condition, !child.truth, [child], () => true);
  }
  return { ...judgeLeaf(condition, subject, now), children: [] };
}
