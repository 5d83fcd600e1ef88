import type { Span } from "../period.ts";
import type { Condition, FieldLeaf, FieldOp, Leaf, Scalar, Times, Within } from "./condition.ts";
import type { Seen, Verdict } from "./evaluate.ts";

/** One line of the "why" panel with the lines below it. */
export interface ExplainedNode {
  text: string;
  truth: boolean;
  evidence: string[];
  children: ExplainedNode[];
}

/** How fields and facts are called by people: "E-mail", "placed an order". Related records are called by their relation's name unless said. */
export interface ExplainWords {
  field(name: string): string;
  fact(name: string): string;
  related?(name: string): string;
  /** A segment's name by its id. */
  segment?(id: string): string;
  /** What a purpose of consent is called. */
  consent?(purpose: string): string;
  /** How a value is shown, such as money; as it is unless said. */
  value?(field: string, value: unknown): string;
}

const opWords: Record<FieldOp, string> = {
  is: "is", is_not: "is not", in: "is one of", not_in: "is none of", contains: "contains", not_contains: "does not contain", starts_with: "starts with", ends_with: "ends with",
  lt: "is less than", lte: "is at most", gt: "is more than", gte: "is at least", between: "is between", is_empty: "is empty", is_set: "is filled in",
  within_last: "is within the last", older_than: "is longer ago than", within_next: "is within the next",
}; // prettier-ignore
const timeWords: Partial<Record<FieldOp, string>> = {
  lt: "is before",
  lte: "is not after",
  gt: "is after",
  gte: "is not before",
};

const spanWords = ({ n, unit }: Span): string => (n === 1 ? unit : `${n} ${unit}s`);
const roundDays = (days: number): string => `${Math.round(days * 10) / 10} ${days === 1 ? "day" : "days"}`;

function shown(field: string, value: unknown, words: ExplainWords): string {
  if (words.value) return words.value(field, value);
  if (typeof value === "string") return value;
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}

function fieldText(leaf: FieldLeaf, words: ExplainWords): string {
  const name = words.field(leaf.field);
  const { op, value } = leaf;
  if (value === undefined) return `${name} ${opWords[op]}`;
  if (typeof value === "object" && !Array.isArray(value)) return `${name} ${opWords[op]} ${spanWords(value)}`;
  const say = (v: Scalar): string => shown(leaf.field, v, words);
  if (op === "between" && Array.isArray(value)) return `${name} is between ${value.map(say).join(" and ")}`;
  if (Array.isArray(value)) return `${name} ${opWords[op]} ${value.map(say).join(", ")}`;
  return `${name} ${(typeof value === "string" && timeWords[op]) || opWords[op]} ${say(value)}`;
}

function timesText(times: Times = { op: "at_least", n: 1 }): string {
  const often = times.n === 1 ? "once" : `${times.n} times`;
  if (times.op === "at_least") return `at least ${often}`;
  return times.op === "at_most" ? `at most ${often}` : `exactly ${often}`;
}

const neverDid = (times: Times | undefined): boolean => times !== undefined && times.op !== "at_least" && times.n === 0;

function withinText(within: Within | undefined, words: ExplainWords): string {
  if (within === undefined) return "";
  if ("last" in within) return ` in the last ${spanWords(within.last)}`;
  if ("since_field" in within) return ` since ${words.field(within.since_field)}`;
  return (within.from ? ` from ${within.from}` : "") + (within.until ? ` until ${within.until}` : "");
}

/** What a condition asks, in one line, groups in brackets: "placed an order at least 2 times in the last 90 days". */
export function conditionText(node: Condition, words: ExplainWords): string {
  if ("all" in node) return node.all.length === 0 ? "always" : node.all.map((c) => bracketed(c, words)).join(" and ");
  if ("any" in node) return node.any.length === 0 ? "never" : node.any.map((c) => bracketed(c, words)).join(" or ");
  if ("not" in node) return `not ${bracketed(node.not, words)}`;
  return leafText(node, words);
}

const bracketed = (node: Condition, words: ExplainWords): string =>
  ("all" in node && node.all.length > 1) || ("any" in node && node.any.length > 1)
    ? `(${conditionText(node, words)})`
    : conditionText(node, words);

// Payload fields have no names of their own: they are told as they are written.
const payloadText = (where: Condition | undefined, words: ExplainWords): string =>
  where ? ` where ${conditionText(where, { ...words, field: (path) => path.replaceAll(/[._]/g, " ") })}` : "";

function leafText(leaf: Leaf, words: ExplainWords): string {
  if ("field" in leaf) return fieldText(leaf, words);
  if ("fact" in leaf) {
    const tail = withinText(leaf.within, words) + payloadText(leaf.where, words);
    return neverDid(leaf.times)
      ? `never ${words.fact(leaf.fact)}${tail}`
      : `${words.fact(leaf.fact)} ${timesText(leaf.times)}${tail}`;
  }
  if ("last" in leaf)
    return `the last time it ${words.fact(leaf.last)}:${payloadText(leaf.where, words).slice(" where".length)}`;
  if ("quiet" in leaf) {
    const least = leaf.at_least_days ? `, and for ${roundDays(leaf.at_least_days)} or more` : "";
    return `has not ${words.fact(leaf.quiet)} for more than ${leaf.factor} x the usual gap${least}`;
  }
  if ("segment" in leaf)
    return `is ${leaf.is ? "" : "not "}in the segment “${words.segment?.(leaf.segment) ?? leaf.segment}”`;
  if ("consent" in leaf)
    return `${leaf.is ? "gave" : "did not give"} consent: ${words.consent?.(leaf.consent) ?? leaf.consent.replaceAll("_", " ")}`;
  if ("sample" in leaf) return `belongs to the ${leaf.sample.percent} % sample "${leaf.sample.salt}"`;
  const name = words.related?.(leaf.related) ?? leaf.related.replaceAll("_", " ");
  const many =
    leaf.has === "some"
      ? `has ${name}`
      : leaf.has === "none" || neverDid(leaf.has)
        ? `has no ${name}`
        : `has ${timesCount(leaf.has)} ${name}`;
  return leaf.where ? `${many} where ${conditionText(leaf.where, words)}` : many;
}

const timesCount = (times: Times): string => `${times.op.replace("_", " ")} ${times.n}`;

function seenText(seen: Seen | undefined, node: Condition, words: ExplainWords): string {
  if (seen === undefined) return "";
  if ("count" in seen) return ` (${seen.count})`;
  if ("value" in seen) {
    const empty = seen.value === undefined || seen.value === null || seen.value === "";
    return empty || !("field" in node) ? " (empty)" : ` (${shown(node.field, seen.value, words)})`;
  }
  return ` (silent for ${roundDays(seen.silent_days)}, usual gap ${roundDays(seen.usual_gap_days)}, allowed ${roundDays(seen.allowed_days)})`;
}

function headText(node: Condition, words: ExplainWords): string {
  if ("all" in node) return "all of these";
  if ("any" in node) return "at least one of these";
  return "not" in node ? "not this" : leafText(node, words);
}

/** The verdict in plain English, node by node: "placed an order at least 2 times in the last 90 days: yes (3)". The verdict must be of this condition. */
export function explain(condition: Condition, verdict: Verdict, words: ExplainWords): ExplainedNode {
  const below =
    "all" in condition ? condition.all : "any" in condition ? condition.any : "not" in condition ? [condition.not] : [];
  return {
    text: `${headText(condition, words)}: ${verdict.truth ? "yes" : "no"}${seenText(verdict.seen, condition, words)}`,
    truth: verdict.truth,
    evidence: verdict.evidence,
    children: below.map((c, i) => explain(c, verdict.children[i]!, words)),
  };
}
