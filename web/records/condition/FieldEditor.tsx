import { NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { FieldLeaf, FieldOp } from "#kernel/condition";
import type { Span } from "#kernel/period";
import type { Field } from "#records";
import { FigureInput } from "../../kit/form/FigureInput.tsx";
import { FieldInput } from "../../kit/form/FieldInput.tsx";
import { ManyInput } from "../../kit/form/ManyInput.tsx";
import { opsFor, opWords, takes } from "../filter/ops.ts";
import { rememberTitle, titleKnown } from "../filter/titles.ts";
import { fieldAt, fieldsOffered } from "./fields.ts";
import { useConditionSubject } from "./subject.ts";

const units: readonly Span["unit"][] = ["day", "week", "month", "year", "hour"];
const unitWords: Record<Span["unit"], string> = { minute: "minutes", hour: "hours", day: "days", week: "weeks", month: "months", year: "years" }; // prettier-ignore
const isSpan = (value: unknown): value is Span => typeof value === "object" && value !== null && "unit" in value;

const firstValue = (field: Field, op: FieldOp): FieldLeaf["value"] => {
  if (field.type === "boolean") return true;
  return takes(op) === "span" ? { n: 30, unit: "day" } : undefined;
};
const leafOf = (field: string, op: FieldOp, value: unknown): FieldLeaf =>
  value === undefined || value === null
    ? { field, op }
    : { field, op, value: value as NonNullable<FieldLeaf["value"]> };

interface ValueProps {
  field: Field;
  op: FieldOp;
  value: unknown;
  onChange: (value: unknown, title?: string) => void;
}

const ValueEditor = ({ field, op, value, onChange }: ValueProps) => {
  const { _ } = useLingui();
  const list = Array.isArray(value) ? value : [];
  const input = (v: unknown, change: (next: unknown, title?: string) => void, label?: string) => (
    <FieldInput bare field={label ? { ...field, label } : field} value={v ?? null} title={titleKnown(v)} onChange={change} />
  );
  switch (takes(op)) {
    case "nothing":
      return null;
    case "many":
      return <ManyInput field={field} value={list.map(String)} onChange={onChange} />;
    case "two":
      return <>{input(list[0], (v) => onChange([v, list[1]]), "From")}{input(list[1], (v) => onChange([list[0], v]), "Until")}</>;
    case "span": {
      const span = isSpan(value) ? value : { n: 30, unit: "day" as const };
      return (
        <>
          <FigureInput aria-label={_("How many")} w={72} whole value={span.n} onChange={(n) => onChange({ ...span, n: n ?? 0 })} />
          <NativeSelect aria-label={_("Unit")} value={span.unit} onChange={(event) => onChange({ ...span, unit: event.currentTarget.value })} data={units.map((unit) => ({ value: unit, label: _(unitWords[unit]) }))} />
        </>
      );
    }
    case "one":
      if (field.type === "boolean")
        return <NativeSelect aria-label={_(field.label)} value={value === false ? "no" : "yes"} onChange={(event) => onChange(event.currentTarget.value === "yes")} data={[{ value: "yes", label: _("Yes") }, { value: "no", label: _("No") }]} />;
      return input(value, onChange);
  }
}; // prettier-ignore

/** Edits "country is Germany": the field (own, custom, of a related record), the comparison, the value by the field's type. */
export const FieldEditor = ({ leaf, onChange, autoFocus = false }: { leaf: FieldLeaf; onChange: (leaf: FieldLeaf) => void; autoFocus?: boolean }) => {
  const { _ } = useLingui();
  const { object, whole = false } = useConditionSubject();
  const offered = fieldsOffered(object, whole);
  const field = fieldAt(object, leaf.field);
  const known = offered.some((group) => group.items.some((item) => item.value === leaf.field));
  // One that is retired, or of a record further away, stays what it is until another one is chosen.
  const data = known ? offered : [{ group: "", items: [{ value: leaf.field, label: field ? _(field.label) : leaf.field }] }, ...offered];
  const choose = (name: string): void => {
    const to = fieldAt(object, name);
    const op = to ? (opsFor(to.type)[0] ?? "is") : "is";
    onChange(leafOf(name, op, to && firstValue(to, op)));
  };
  const chooseOp = (op: FieldOp): void => onChange(leafOf(leaf.field, op, field && takes(op) !== takes(leaf.op) ? firstValue(field, op) : leaf.value));
  const ops = field ? [...new Set([...opsFor(field.type), leaf.op])] : [leaf.op];
  return (
    <div className="cond-line">
      <NativeSelect aria-label={_("Field")} data-autofocus={autoFocus || undefined} value={leaf.field} onChange={(event) => choose(event.currentTarget.value)} data={data.length === 1 ? data[0]?.items ?? [] : data} />
      <NativeSelect aria-label={_("Comparison")} value={leaf.op} onChange={(event) => chooseOp(event.currentTarget.value as FieldOp)} data={ops.map((op) => ({ value: op, label: _(opWords(op, field?.type)) }))} />
      {field && (
        <ValueEditor
          key={`${leaf.field}${takes(leaf.op)}`}
          field={field}
          op={leaf.op}
          value={leaf.value}
          onChange={(next, title) => {
            if (title && typeof next === "string") rememberTitle(next, title);
            onChange(leafOf(leaf.field, leaf.op, next));
          }}
        />
      )}
    </div>
  );
}; // prettier-ignore
