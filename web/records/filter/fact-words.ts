import type { Condition, FactLeaf, FieldLeaf, Times } from "#kernel/condition";
import type { Field } from "#records";
import { boot, objectOf, type DescribedObject } from "../../kit/boot.ts";
import { date } from "../../kit/format.ts";
import { say } from "../../kit/i18n.ts";

const timesWords: Record<Times["op"], string> = {
  at_least: "at least {n, plural, one {once} other {# times}}",
  at_most: "at most {n, plural, =0 {never} one {once} other {# times}}",
  exactly: "{n, plural, =0 {never} one {exactly once} other {exactly # times}}",
};
const labelOf = (name: string): string | undefined => {
  const told: unknown = "facts" in boot() ? Reflect.get(boot(), "facts") : undefined;
  const found: unknown = Array.isArray(told) ? told.find((fact: unknown) => typeof fact === "object" && fact !== null && "name" in fact && fact.name === name) : undefined; // prettier-ignore
  return typeof found === "object" && found !== null && "label" in found ? String(found.label) : undefined;
};

/** A fact as people say it: "placed an order"; as it is written when this server does not name it. */
export const factLabel = (name: string): string => {
  const label = labelOf(name);
  return label ? say(label) : say("{fact} happened", { fact: name.replace(".", " ") });
};

/** What a fact's payload may be asked for, as an object: the stages of a move are called by their names. */
export function payloadObject(fact: string): DescribedObject {
  const choices = objectOf("contact")?.fields.find((field) => field.name === "lifecycle_stage")?.choices ?? [];
  const stage = (name: string, label: string): Field => ({ name, label, type: "choice", choices });
  return {
    name: fact, plural: fact, label: fact, label_plural: fact, table: "", title: "", search: [], default_sort: "", creatable: false, custom: false, related: [],
    fields: fact.startsWith("customer.") ? [stage("from", "the stage before"), stage("to", "the stage after")] : [],
  }; // prettier-ignore
}

const withinWords = (within: FactLeaf["within"], spanWords: (span: { n: number; unit: FieldSpan }) => string): string => {
  if (!within) return "";
  if ("last" in within) return say("within the last {span}", { span: spanWords(within.last) });
  if ("since_field" in within)
    return within.since_field === "stage_since" ? say("since entering the stage") : say("since the date in “{field}”", { field: within.since_field.replaceAll("_", " ") });
  const from = within.from ? say("from {day}", { day: date(within.from) }) : "";
  const until = within.until ? say("until {day}", { day: date(within.until) }) : "";
  return [from, until].filter(Boolean).join(" ");
}; // prettier-ignore
type FieldSpan = Extract<FieldLeaf["value"], { unit: string }>["unit"];

/** A fact leaf in plain words: "placed an order at least 5 times within the last 365 days where …". */
export function factWords(
  leaf: FactLeaf,
  spanWords: (span: { n: number; unit: FieldSpan }) => string,
  where: (object: DescribedObject, node: Condition) => string,
): string {
  const { times = { op: "at_least", n: 1 } } = leaf;
  const never = times.n === 0 && times.op !== "at_least";
  const once = times.op === "at_least" && times.n === 1;
  const parts = [
    never ? say("never") : "",
    factLabel(leaf.fact),
    never || once ? "" : say(timesWords[times.op], { n: times.n }),
    withinWords(leaf.within, spanWords),
    leaf.where ? say("where {what}", { what: where(payloadObject(leaf.fact), leaf.where) }) : "",
  ];
  return parts.filter(Boolean).join(" ");
}
