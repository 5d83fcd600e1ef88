import type { Condition, QuietLeaf } from "#kernel/condition";
import type { DescribedObject } from "../../kit/boot.ts";
import { count } from "../../kit/format.ts";
import { say } from "../../kit/i18n.ts";
import { factLabel, factWords } from "../../records/filter/fact-words.ts";
import { sentence, spanWords } from "../../records/filter/words.ts";
import { ruleObject } from "./vocabulary.ts";

const quietSentence = (leaf: QuietLeaf): string =>
  [
    say("silent for {factor} times the usual gap since they last “{fact}”", {
      factor: count(leaf.factor),
      fact: factLabel(leaf.quiet),
    }),
    leaf.at_least_days ? say("(at least {n, plural, one {# day} other {# days}})", { n: leaf.at_least_days }) : "",
  ]
    .filter(Boolean)
    .join(" ");

const bracketed = (node: Condition, object: DescribedObject): string =>
  ("all" in node && node.all.length > 1) || ("any" in node && node.any.length > 1)
    ? `(${whenWords(node, object)})`
    : whenWords(node, object);

/** When a rule holds, as one sentence in plain words. */
export function whenWords(node: Condition, object = ruleObject()): string {
  if ("all" in node)
    return node.all.length === 0
      ? say("always")
      : node.all.map((part) => bracketed(part, object)).join(` ${say("and")} `);
  if ("any" in node)
    return node.any.length === 0
      ? say("never")
      : node.any.map((part) => bracketed(part, object)).join(` ${say("or")} `);
  if ("not" in node) return say("not {what}", { what: bracketed(node.not, object) });
  if ("fact" in node) return factWords(node, spanWords, (_object, where) => whenWords(where));
  if ("quiet" in node) return quietSentence(node);
  return sentence(object, node);
}
