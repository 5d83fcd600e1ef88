import type { Condition, ConsentLeaf, Leaf, RelatedLeaf } from "./condition.ts";
import { factsCounted, isQuiet, lastMatch, timesHold } from "./fact.ts";
import { fieldHolds } from "./field.ts";
import { sampled } from "./sample.ts";
import type { Subject } from "./subject.ts";

/** The related records that a leaf counts. */
export const relatedMatches = (leaf: RelatedLeaf, subject: Subject, now: Date): Subject[] =>
  (subject.related[leaf.related] ?? []).filter((r) => leaf.where === undefined || holds(leaf.where, r, now));

/** Whether so many related records make the leaf true. */
export function relatedHold(count: number, has: RelatedLeaf["has"]): boolean {
  if (has === "some") return count > 0;
  return has === "none" ? count === 0 : timesHold(count, has);
}

/** Whether consent to the purpose is given, or is not, as the leaf wants it. */
export const consentHolds = (leaf: ConsentLeaf, subject: Subject): boolean =>
  (subject.consents?.has(leaf.consent) ?? false) === leaf.is;

function leafHolds(leaf: Leaf, subject: Subject, now: Date): boolean {
  if ("field" in leaf) return fieldHolds(leaf, subject.fields[leaf.field], now);
  if ("fact" in leaf) return timesHold(factsCounted(leaf, subject, now).length, leaf.times);
  if ("last" in leaf) return lastMatch(leaf, subject, now) !== undefined;
  if ("quiet" in leaf) return isQuiet(leaf, subject, now);
  if ("related" in leaf) return relatedHold(relatedMatches(leaf, subject, now).length, leaf.has);
  if ("segment" in leaf) return (subject.segments?.has(leaf.segment) ?? false) === leaf.is;
  if ("consent" in leaf) return consentHolds(leaf, subject);
  return sampled(leaf, subject.id);
}

/** Whether the subject meets the condition at `now`; stops as soon as it knows. An empty all is true, an empty any false. */
export function holds(condition: Condition, subject: Subject, now: Date): boolean {
  if ("all" in condition) return condition.all.every((c) => holds(c, subject, now));
  if ("any" in condition) return condition.any.some((c) => holds(c, subject, now));
  if ("not" in condition) return !holds(condition.not, subject, now);
  return leafHolds(condition, subject, now);
}
