import { useState, type FormEvent, type KeyboardEvent } from "react";
import { Button, NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { FieldLeaf, FieldOp, Scalar } from "#kernel/condition";
import type { Span } from "#kernel/period";
import type { Field } from "#records";
import type { DescribedObject } from "../../kit/boot.ts";
import { FigureInput } from "../../kit/form/FigureInput.tsx";
import { FieldInput } from "../../kit/form/FieldInput.tsx";
import { ManyInput } from "../../kit/form/ManyInput.tsx";
import { fieldsOf } from "../record.ts";
import { opsFor, opWords, takes } from "./ops.ts";

export interface LeafEditorProps {
  object: DescribedObject;
  leaf?: FieldLeaf | undefined;
  onDone: (leaf: FieldLeaf, titles: readonly (readonly [string, string])[]) => void;
  onClose: () => void;
}

const units: readonly Span["unit"][] = ["day", "week", "month", "year", "hour"];
const unitWords: Record<Span["unit"], string> = {
  minute: "minutes",
  hour: "hours",
  day: "days",
  week: "weeks",
  month: "months",
  year: "years",
};
const isSpan = (value: unknown): value is Span => typeof value === "object" && value !== null && "unit" in value;
const isScalar = (value: unknown): value is Scalar =>
  value !== "" && ["string", "number", "boolean"].includes(typeof value);

/** Whether the value is whole enough for the comparison. */
const complete = (op: FieldOp, value: unknown): boolean => {
  const list = Array.isArray(value) ? value : [];
  switch (takes(op)) {
    case "nothing":
      return true;
    case "many":
      return list.length > 0;
    case "two":
      return list.length === 2 && list.every(isScalar);
    case "span":
      return isSpan(value) && Number.isInteger(value.n) && value.n > 0;
    case "one":
      return isScalar(value);
  }
};

const firstValue = (field: Field, op: FieldOp): unknown => {
  if (field.type === "boolean") return true;
  return takes(op) === "span" ? { n: 30, unit: "day" } : undefined;
};

const ValueEditor = ({
  field,
  op,
  value,
  onChange,
}: {
  field: Field;
  op: FieldOp;
  value: unknown;
  onChange: (value: unknown, title?: string) => void;
}) => {
  const { _ } = useLingui();
  const list = Array.isArray(value) ? value : [];
  const input = (v: unknown, change: (next: unknown, title?: string) => void, label?: string) => (
    <FieldInput bare field={label ? { ...field, label } : field} value={v ?? null} onChange={change} />
  );
  switch (takes(op)) {
    case "nothing":
      return null;
    case "many":
      return <ManyInput field={field} value={list.map(String)} onChange={onChange} />;
    case "two":
      return (
        <div className="stack">
          {input(list[0], (v) => onChange([v, list[1]]), "From")}
          {input(list[1], (v) => onChange([list[0], v]), "Until")}
        </div>
      );
    case "span": {
      const span = isSpan(value) ? value : { n: 30, unit: "day" as const };
      return (
        <div className="line">
          <FigureInput
            aria-label={_("How many")}
            whole
            value={span.n}
            onChange={(n) => onChange({ ...span, n: n ?? 0 })}
          />
          <NativeSelect
            aria-label={_("Unit")}
            value={span.unit}
            onChange={(event) => onChange({ ...span, unit: event.currentTarget.value })}
            data={units.map((unit) => ({ value: unit, label: _(unitWords[unit]) }))}
          />
        </div>
      );
    }
    case "one":
      if (field.type === "boolean")
        return <NativeSelect aria-label={_(field.label)} value={value === false ? "no" : "yes"} onChange={(event) => onChange(event.currentTarget.value === "yes")} data={[{ value: "yes", label: _("Yes") }, { value: "no", label: _("No") }]} />; // prettier-ignore
      return input(value, onChange);
  }
};

/** A small editor for one chip: field, comparison, value by the field's type. */
const LeafEditor = ({ object, leaf, onDone, onClose }: LeafEditorProps) => {
  const { _ } = useLingui();
  const fields = fieldsOf(object).filter((field) => field.type !== "long_text" || object.search.includes(field.name));
  const [name, setName] = useState(leaf?.field ?? fields[0]?.name ?? "");
  const field = fields.find((f) => f.name === name);
  const [op, setOp] = useState<FieldOp>(leaf?.op ?? (field ? (opsFor(field.type)[0] ?? "is") : "is"));
  const [value, setValue] = useState<unknown>(leaf?.value ?? (field && firstValue(field, op)));
  const [titles, setTitles] = useState<readonly (readonly [string, string])[]>([]);
  if (!field) return null;

  const chooseField = (next: string): void => {
    const to = fields.find((f) => f.name === next);
    const first = to ? (opsFor(to.type)[0] ?? "is") : "is";
    setName(next);
    setOp(first);
    setValue(to && firstValue(to, first));
  };
  const chooseOp = (next: FieldOp): void => {
    if (takes(next) !== takes(op)) setValue(firstValue(field, next));
    setOp(next);
  };
  // Escape backs out one layer: an open list of choices first, then this editor.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (!(event.target instanceof HTMLElement && event.target.getAttribute("aria-expanded") === "true")) onClose();
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (complete(op, value))
      onDone(
        { field: name, op, ...(takes(op) === "nothing" ? {} : { value: value as NonNullable<FieldLeaf["value"]> }) },
        titles,
      );
  };
  return (
    <form className="stack" onSubmit={onSubmit} onKeyDown={onKeyDown} style={{ "--gap": "8px" } as React.CSSProperties}>
      <NativeSelect
        aria-label={_("Field")}
        data-autofocus={!leaf || undefined}
        value={name}
        onChange={(event) => chooseField(event.currentTarget.value)}
        data={fields.map((f) => ({ value: f.name, label: _(f.label) }))}
      />
      <NativeSelect
        aria-label={_("Comparison")}
        value={op}
        onChange={(event) => chooseOp(event.currentTarget.value as FieldOp)}
        data={opsFor(field.type).map((o) => ({ value: o, label: _(opWords(o, field.type)) }))}
      />
      <ValueEditor
        key={`${name}${takes(op)}`}
        field={field}
        op={op}
        value={value}
        onChange={(next, title) => {
          setValue(next);
          if (title && typeof next === "string") setTitles([...titles, [next, title]]);
        }}
      />
      <Button type="submit" disabled={!complete(op, value)}>
        {leaf ? _("Change") : _("Filter")}
      </Button>
    </form>
  );
};
export default LeafEditor;
