import type { Condition, FieldLeaf, Scalar } from "#kernel/condition";
import type { Span } from "#kernel/period";
import type { Field } from "#records";
import type { DescribedObject } from "../../kit/boot.ts";
import { say } from "../../kit/i18n.ts";
import { fieldsOf } from "../record.ts";
import { textOf } from "../cells.tsx";
import { factWords } from "./fact-words.ts";
import { opWords } from "./ops.ts";
import { isField, type Chip } from "./groups.ts";
import { segmentName } from "./segment-names.ts";

const units: Record<Span["unit"], string> = {
  minute: "{n, plural, one {# minute} other {# minutes}}", hour: "{n, plural, one {# hour} other {# hours}}", day: "{n, plural, one {# day} other {# days}}",
  week: "{n, plural, one {# week} other {# weeks}}", month: "{n, plural, one {# month} other {# months}}", year: "{n, plural, one {# year} other {# years}}",
}; // prettier-ignore

/** A length of time in words: "60 days". */
export const spanWords = ({ n, unit }: Span): string => say(units[unit], { n });

const isSpan = (value: FieldLeaf["value"]): value is Span => typeof value === "object" && !Array.isArray(value);

const valueWords = (value: Scalar, field: Field | undefined, titles: ReadonlyMap<string, string>): string => {
  if (!field) return String(value);
  if (field.type === "relation" || field.type === "user") return titles.get(String(value)) ?? say("a chosen one");
  return textOf({ id: "", [field.name]: value }, field) || String(value);
};

/** The field a leaf speaks of; a path into another object ("account.name") has none here and is shown as written. */
export const fieldOfLeaf = (object: DescribedObject, leaf: FieldLeaf): Field | undefined =>
  fieldsOf(object).find((f) => f.name === leaf.field);

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
    field: say(field?.label ?? leaf.field.replaceAll("_", " ").replace(".", " › ")),
    op: say(opWords(leaf.op, field?.type)),
    value: words,
  };
}

/** Any condition as one sentence, for chips that are shown but not edited. */
export function sentence(object: DescribedObject, node: Chip | Condition): string {
  if (isField(node)) {
    const { field, op, value } = leafWords(object, node);
    return [field, op, value].filter(Boolean).join(" ");
  }
  if ("all" in node) return node.all.map((part) => sentence(object, part)).join(` ${say("and")} `);
  if ("any" in node) return `(${node.any.map((part) => sentence(object, part)).join(` ${say("or")} `)})`;
  if ("not" in node) return say("not ({what})", { what: sentence(object, node.not) });
  if ("fact" in node) return factWords(node, spanWords, sentence);
  if ("last" in node) return say("the last {fact} was so", { fact: node.last.replace(".", " ") });
  if ("quiet" in node)
    return say("no {fact} for {factor} times the usual gap", {
      fact: node.quiet.replace(".", " "),
      factor: node.factor,
    });
  if ("related" in node)
    return say("{what}: {has}", {
      what: node.related,
      has: typeof node.has === "string" ? node.has : `${node.has.op} ${node.has.n}`,
    });
  if ("segment" in node) {
    const name = segmentName(node.segment);
    return node.is ? say("in the segment “{name}”", { name }) : say("not in the segment “{name}”", { name });
  }
  return say("a stable sample of {percent} %", { percent: node.sample.percent });
}
