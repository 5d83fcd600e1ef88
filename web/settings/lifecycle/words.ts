import type { Condition, FactLeaf, QuietLeaf, Times } from "../../../src/kernel/condition/condition.ts";
import { count, date } from "../../kit/format.ts";
import { say } from "../../kit/i18n.ts";
import { sentence, spanWords } from "../../records/filter/words.ts";
import { factWord, ruleObject } from "./vocabulary.ts";

const timesWords: Record<Times["op"], string> = {
  at_least: "at least {n, plural, one {once} other {# times}}",
  at_most: "at most {n, plural, =0 {never} one {once} other {# times}}",
  exactly: "{n, plural, =0 {never} one {exactly once} other {exactly # times}}",
};

const withinWords = (within: FactLeaf["within"]): string => {
  if (!within) return "";
  if ("last" in within) return say("within the last {span}", { span: spanWords(within.last) });
  if ("since_field" in within)
    return within.since_field === "stage_since" ? say("since entering the stage") : say("since the date in “{field}”", { field: within.since_field.replaceAll("_", " ") });
  return [
    within.from ? say("from {day}", { day: date(within.from) }) : "",
    within.until ? say("until {day}", { day: date(within.until) }) : "",
  ].filter(Boolean).join(" ");
}; // prettier-ignore

const factSentence = (leaf: FactLeaf): string => {
  const { times = { op: "at_least", n: 1 } } = leaf;
  const never = times.n === 0 && times.op !== "at_least";
  const plainOnce = times.op === "at_least" && times.n === 1;
  return [
    never ? say("never") : "",
    factWord(leaf.fact),
    never || plainOnce ? "" : say(timesWords[times.op], { n: times.n }),
    withinWords(leaf.within),
    leaf.where ? say("where {what}", { what: whenWords(leaf.where) }) : "",
  ]
    .filter(Boolean)
    .join(" ");
};

const quietSentence = (leaf: QuietLeaf): string =>
  [
    say("silent for {factor} times the usual gap since they last “{fact}”", {
      factor: count(leaf.factor),
      fact: factWord(leaf.quiet),
    }),
    leaf.at_least_days ? say("(at least {n, plural, one {# day} other {# days}})", { n: leaf.at_least_days }) : "",
  ]
    .filter(Boolean)
    .join(" ");

const bracketed = (node: Condition): string =>
  ("all" in node && node.all.length > 1) || ("any" in node && node.any.length > 1)
    ? `(${whenWords(node)})`
    : whenWords(node);

/** When a rule holds, as one sentence in plain words. */
export function whenWords(node: Condition): string {
  if ("all" in node) return node.all.length === 0 ? say("always") : node.all.map(bracketed).join(` ${say("and")} `);
  if ("any" in node) return node.any.length === 0 ? say("never") : node.any.map(bracketed).join(` ${say("or")} `);
  if ("not" in node) return say("not {what}", { what: bracketed(node.not) });
  if ("fact" in node) return factSentence(node);
  if ("quiet" in node) return quietSentence(node);
  return sentence(ruleObject(), node);
}
