import { ActionIcon, NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { FactLeaf, FieldLeaf } from "#kernel/condition";
import { Icon } from "../../kit/Icon.tsx";
import { whenWords } from "./words.ts";

type Detail = FieldLeaf & { value: string | number };
// What facts tell beside having happened, and rules commonly ask for; another detail that is there already is kept.
const details: Readonly<Record<string, readonly { field: string; label: string; figure: boolean }[]>> = {
  "review.written": [{ field: "stars", label: "stars", figure: true }],
  "survey.answered": [{ field: "score", label: "score", figure: true }, { field: "survey", label: "survey", figure: false }],
  "order.placed": [{ field: "lines", label: "lines", figure: true }],
  "order.delivered": [{ field: "days_late", label: "days late", figure: true }],
  "lead.opened": [{ field: "source", label: "source", figure: false }],
  "lead.qualified": [{ field: "score", label: "score", figure: true }],
  "lead.unqualified": [{ field: "reason", label: "reason", figure: false }],
  "form.submitted": [{ field: "form", label: "form", figure: false }],
  "newsletter.subscribed": [{ field: "list", label: "list", figure: false }],
  "case.resolved": [{ field: "hours", label: "hours", figure: true }],
  "reward.earned": [{ field: "points", label: "points", figure: true }],
}; // prettier-ignore

const isDetail = (where: FactLeaf["where"]): where is Detail =>
  where !== undefined && "field" in where && (typeof where.value === "string" || typeof where.value === "number");

/** Edits what a fact must tell: "where stars is 5"; a richer one is said in words and can be taken away. */
export const PayloadEditor = ({ leaf, onChange }: { leaf: FactLeaf; onChange: (leaf: FactLeaf) => void }) => {
  const { _ } = useLingui();
  const { where, ...bare } = leaf;
  const offered = details[leaf.fact] ?? [];
  const remove = (
    <ActionIcon aria-label={_("Any will do")} onClick={() => onChange(bare)}>
      <Icon name="x" size={14} />
    </ActionIcon>
  );
  if (where === undefined) {
    const [first] = offered;
    if (!first) return null;
    const add = (): void => onChange({ ...bare, where: { field: first.field, op: first.figure ? "gte" : "is", value: first.figure ? 1 : "" } }); // prettier-ignore
    return (
      <button type="button" className="plain link small" onClick={add}>
        {_("where…")}
      </button>
    );
  }
  if (!isDetail(where)) return <span className="line">{_("where {what}", { what: whenWords(where) })}{remove}</span>; // prettier-ignore
  const figure = typeof where.value === "number";
  const set = (change: Partial<Detail>): void => onChange({ ...bare, where: { ...where, ...change } });
  const fields = offered.some((one) => one.field === where.field) ? offered : [{ field: where.field, label: where.field.replaceAll("_", " "), figure }, ...offered]; // prettier-ignore
  const ops = figure ? [{ value: "gte", label: _("is at least") }, { value: "lte", label: _("is at most") }, { value: "is", label: _("is") }] : [{ value: "is", label: _("is") }, { value: "contains", label: _("contains") }]; // prettier-ignore
  return (
    <span className="cond-line">
      <span>{_("where")}</span>
      <NativeSelect aria-label={_("Detail")} value={where.field} onChange={(event) => {
        const to = fields.find((one) => one.field === event.currentTarget.value);
        if (to) set({ field: to.field, op: to.figure ? "gte" : "is", value: to.figure ? 1 : "" });
      }} data={fields.map((one) => ({ value: one.field, label: _(one.label) }))} />
      <NativeSelect aria-label={_("Comparison")} value={where.op} onChange={(event) => set({ op: event.currentTarget.value as FieldLeaf["op"] })} data={ops.some((one) => one.value === where.op) ? ops : [...ops, { value: where.op, label: where.op.replaceAll("_", " ") }]} />
      <TextInput aria-label={_("Value")} w={96} type={figure ? "number" : "text"} maxLength={200} value={where.value} onChange={(event) => set({ value: figure ? Number(event.currentTarget.value) : event.currentTarget.value })} />
      {remove}
    </span>
  ); // prettier-ignore
};
