import type { Condition } from "#kernel/condition";
import { takes } from "../filter/ops.ts";
import type { ConditionSubject } from "./subject.ts";

const ordered = { fact: "order.placed", times: { op: "at_least", n: 1 } } as const;

/** The kinds of conditions that may be said of a subject, each with the one that is begun with. */
export function freshOf(subject: ConditionSubject): { label: string; node: Condition }[] {
  const { object, segments = false, whole = false, facts = object.facts_by !== undefined } = subject;
  const [relation] = object.related;
  return [
    { label: "A field", node: subject.fresh },
    ...(facts ? [{ label: "Something happened", node: ordered }] : []),
    ...(facts ? [{ label: "Silence", node: { quiet: "order.placed", factor: 2, usual_gap_days: 90, at_least_days: 30 } }] : []),
    ...(facts && whole ? [{ label: "The last time", node: { last: "order.placed", where: { all: [] } } }] : []),
    ...(whole && relation ? [{ label: "Related records", node: { related: relation.name, has: "some" as const } }] : []),
    ...(segments ? [{ label: "A segment", node: { segment: "", is: true } }] : []),
    ...(segments ? [{ label: "Consent", node: { consent: "newsletter", is: true } }] : []),
    ...(whole ? [{ label: "A random part", node: { sample: { percent: 10, salt: "a" } } }] : []),
    { label: "A group", node: { any: [facts ? ordered : subject.fresh] } },
  ];
} // prettier-ignore

const isScalar = (value: unknown): boolean => value !== "" && ["string", "number", "boolean"].includes(typeof value);
const isSpan = (value: unknown): boolean => typeof value === "object" && value !== null && "n" in value && Number.isInteger(value.n) && Number(value.n) > 0; // prettier-ignore

/** Whether nothing is missing in a condition that the person is still writing. */
export function isWhole(node: Condition): boolean {
  if ("all" in node || "any" in node) {
    const parts = "all" in node ? node.all : node.any;
    return parts.length > 0 && parts.every(isWhole);
  }
  if ("not" in node) return isWhole(node.not);
  if ("field" in node) {
    const { value } = node;
    const list: unknown[] = Array.isArray(value) ? value : [];
    const by = { nothing: true, many: list.length > 0, two: list.length === 2 && list.every(isScalar), span: isSpan(value), one: isScalar(value) }; // prettier-ignore
    return by[takes(node.op)];
  }
  if ("last" in node) return isWhole(node.where);
  if ("fact" in node || "related" in node) return node.where === undefined || isWhole(node.where);
  if ("segment" in node) return node.segment !== "";
  return "sample" in node ? node.sample.percent > 0 && node.sample.salt !== "" : true;
}
