import type { Condition, FieldLeaf, QuietLeaf, RelatedLeaf, Scalar } from "#kernel/condition";
import type { Span } from "#kernel/period";
import type { Field } from "#records";
import { say } from "../../kit/i18n.ts";
import { count } from "../../kit/format.ts";
import { fieldAt } from "../condition/fields.ts";
import { objectOf, type DescribedObject } from "../../kit/boot.ts";
import { textOf } from "../cells.tsx";
import { factLabel, factWords, payloadObject } from "./fact-words.ts";
import { purposeWord } from "./purposes.ts";
import { opWords } from "./ops.ts";
import { isField, type Chip } from "./groups.ts";
import { segmentName } from "./segment-names.ts";
import { titleKnown } from "./titles.ts";

const units: Record<Span["unit"], string> = {
  minute: "{n, plural, one {# minute} other {# minutes}}", hour: "{n, plural, one {# hour} other {# hours}}", day: "{n, plural, one {# day} other {# days}}",
  week: "{n, plural, one {# week} other {# weeks}}", month: "{n, plural, one {# month} other {# months}}", year: "{n, plural, one {# year} other {# years}}",
}; // prettier-ignore

/** A length of time in words: "60 days". */
export const spanWords = ({ n, unit }: Span): string => say(units[unit], { n });

const isSpan = (value: FieldLeaf["value"]): value is Span => typeof value === "object" && !Array.isArray(value);

const valueWords = (value: Scalar, field: Field | undefined, titles: ReadonlyMap<string, string>): string => {
  if (!field) return String(value);
  if (field.type === "relation" || field.type === "user")
    return titles.get(String(value)) ?? titleKnown(value) ?? say("a chosen one");
  return textOf({ id: "", [field.name]: value }, field) || String(value);
};

/** The field a leaf speaks of; undefined when it is retired, and then shown as written. */
export const fieldOfLeaf = (object: DescribedObject, leaf: FieldLeaf): Field | undefined => fieldAt(object, leaf.field);

/** A field leaf in plain words: the field, the comparison, the value. */
export function leafWords(
  object: DescribedObject,
  leaf: FieldLeaf,
  titles: ReadonlyMap<string, string> = new Map(),
): { field: string; op: string; value: string } {
  const field = fieldOfLeaf(object, leaf);
  const { value } = leaf;
  const words =
    value === undefined
      ? ""
      : isSpan(value)
        ? spanWords(value)
        : Array.isArray(value)
          ? value.map((v) => valueWords(v, field, titles)).join(leaf.op === "between" ? ` ${say("and")} ` : ", ")
          : valueWords(value, field, titles);
  return {
    field: say(field?.label ?? leaf.field.replaceAll("_", " ").replaceAll(".", " › ")),
    op: say(opWords(leaf.op, field?.type)),
    value: words,
  };
}

const quietWords = (leaf: QuietLeaf): string =>
  [
    say("silent for {factor} times the usual gap since they last “{fact}”", {
      factor: count(leaf.factor),
      fact: factLabel(leaf.quiet),
    }),
    leaf.at_least_days ? say("(at least {n, plural, one {# day} other {# days}})", { n: leaf.at_least_days }) : "",
  ]
    .filter(Boolean)
    .join(" ");

const hasWords = { some: "has {what}", none: "has no {what}", at_least: "has at least {n} {what}", at_most: "has at most {n} {what}", exactly: "has exactly {n} {what}" } as const; // prettier-ignore

function relatedWords(object: DescribedObject, leaf: RelatedLeaf): string {
  const relation = object.related.find((one) => one.name === leaf.related);
  const there = relation && objectOf(relation.object);
  const what = relation ? say(relation.label).toLocaleLowerCase() : leaf.related.replaceAll("_", " ");
  const has = typeof leaf.has === "string" ? say(hasWords[leaf.has], { what }) : say(hasWords[leaf.has.op], { what, n: leaf.has.n }); // prettier-ignore
  return leaf.where && there ? say("{has} where {what}", { has, what: sentence(there, leaf.where) }) : has;
}

const bracketed = (object: DescribedObject, node: Condition): string =>
  ("all" in node && node.all.length > 1) || ("any" in node && node.any.length > 1)
    ? `(${sentence(object, node)})`
    : sentence(object, node);

/** Any condition as one sentence in plain words, groups within groups in brackets. */
export function sentence(object: DescribedObject, node: Chip | Condition): string {
  if (isField(node)) {
    const { field, op, value } = leafWords(object, node);
    return [field, op, value].filter(Boolean).join(" ");
  }
  if ("all" in node)
    return node.all.length === 0
      ? say("always")
      : node.all.map((part) => bracketed(object, part)).join(` ${say("and")} `);
  if ("any" in node)
    return node.any.length === 0
      ? say("never")
      : node.any.map((part) => bracketed(object, part)).join(` ${say("or")} `);
  if ("not" in node) return say("not {what}", { what: bracketed(object, node.not) });
  if ("fact" in node) return factWords(node, spanWords, sentence);
  if ("last" in node)
    return say("the last time they “{fact}”: {what}", {
      fact: factLabel(node.last),
      what: sentence(payloadObject(node.last), node.where),
    });
  if ("quiet" in node) return quietWords(node);
  if ("related" in node) return relatedWords(object, node);
  if ("segment" in node) {
    const name = segmentName(node.segment);
    return node.is ? say("in the segment “{name}”", { name }) : say("not in the segment “{name}”", { name });
  }
  if ("consent" in node) {
    const purpose = say(purposeWord(node.consent));
    return node.is ? say("gave consent: {purpose}", { purpose }) : say("gave no consent: {purpose}", { purpose });
  }
  return say("a stable sample of {percent} %", { percent: node.sample.percent });
}
