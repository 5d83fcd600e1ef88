import { Checkbox, NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Field, Figure, Rollup } from "#records";
import { objectOf, type DescribedObject } from "../../kit/boot.ts";
import { GroupEditor } from "../../records/condition/ConditionEditor.tsx";
import { asGroup, plain } from "../../records/condition/edit.ts";
import { isWhole } from "../../records/condition/fresh.ts";
import { ConditionSubjectProvider, subjectOf } from "../../records/condition/subject.ts";
import { Trial } from "./Trial.tsx";

interface Props {
  object: string;
  id: string | undefined;
  label: string;
  rollup: Rollup;
  error: string | undefined;
  onChange: (rollup: Rollup) => void;
}

const figureWords: Record<Figure, string> = {
  count: "How many",
  sum: "The sum of",
  min: "The least",
  max: "The greatest",
  latest: "What the latest has",
};
const numbers = ["number", "integer", "money"];
const times = ["date", "datetime"];
const plainTypes = ["boolean", "text", "email", "phone", "url", "choice", "country", "currency"];
const fitting: Record<Figure, readonly string[]> = {
  count: [],
  sum: numbers,
  min: [...numbers, ...times],
  max: [...numbers, ...times],
  latest: [...numbers, ...times, ...plainTypes],
};
const every = (there: DescribedObject | undefined): readonly Field[] => [
  ...(there?.fields ?? []),
  ...(there?.commonFields ?? []),
];
const fieldsFor = (there: DescribedObject | undefined, figure: Figure): Field[] =>
  every(there).filter((field) => fitting[figure].includes(field.type) && !field.currency_field);

/** The rollup with what its figure needs. */
const fitted = (rollup: Rollup, there: DescribedObject | undefined): Rollup => {
  const { field, by: _by, ...rest } = rollup;
  if (rollup.figure === "count") return rest;
  const fields = fieldsFor(there, rollup.figure);
  const kept = fields.some((f) => f.name === field) ? field : fields[0]?.name;
  return {
    ...rest,
    ...(kept ? { field: kept } : {}),
    ...(rollup.figure === "latest" && rollup.by ? { by: rollup.by } : {}),
  };
};

/** A figure over the records that point here, with what it comes to. */
export const RollupPart = ({ object, id, label, rollup, error, onChange }: Props) => {
  const { _ } = useLingui();
  const related = (objectOf(object)?.related ?? []).filter((r) => objectOf(r.object));
  const there = objectOf(related.find((r) => r.name === rollup.related)?.object ?? "");
  const put = (change: Partial<Rollup>): void => {
    const next = { ...rollup, ...change };
    onChange(fitted(next, objectOf(related.find((r) => r.name === next.related)?.object ?? "")));
  };
  const { where, ...whole } = rollup;
  const fields = fieldsFor(there, rollup.figure);
  const what = there ? _(there.label_plural) : "";
  const ready = there !== undefined && (rollup.figure === "count" || rollup.field !== undefined) && (!where || isWhole(where));
  return (
    <fieldset className="plain-set stack">
      <legend className="label">{_("What is rolled up")}</legend>
      {error && <p className="note small" data-tone="red" role="alert">{error}</p>}
      <NativeSelect label={_("Of which records")} value={rollup.related} data={[{ value: "", label: _("Choose") }, ...related.map((r) => ({ value: r.name, label: _(r.label) }))]} onChange={(event) => onChange({ related: event.currentTarget.value, figure: "count", reach: rollup.reach })} />
      {there && <NativeSelect label={_("Figure")} value={rollup.figure} data={Object.entries(figureWords).map(([value, word]) => ({ value, label: _(word) }))} onChange={(event) => put({ figure: event.currentTarget.value as Figure })} />}
      {there && rollup.figure !== "count" && (fields.length === 0 ? <p className="note small" data-tone="amber">{_("{what} have no field for this figure.", { what })}</p> : <NativeSelect label={_("Field")} value={rollup.field ?? ""} data={fields.map((field) => ({ value: field.name, label: _(field.label) }))} onChange={(event) => put({ field: event.currentTarget.value })} />)}
      {there && rollup.figure === "latest" && <NativeSelect label={_("The latest by")} value={rollup.by ?? "created_at"} data={every(there).filter((field) => times.includes(field.type) && !field.formula).map((field) => ({ value: field.name, label: _(field.label) }))} onChange={(event) => put({ by: event.currentTarget.value })} />}
      {there && <Checkbox label={_("Only some of them")} checked={where !== undefined} onChange={(event) => onChange(event.currentTarget.checked ? { ...whole, where: { all: [subjectOf(there).fresh] } } : whole)} />}
      {there && where && (
        <ConditionSubjectProvider value={subjectOf(there)}>
          <GroupEditor group={asGroup(where)} onChange={(group) => onChange({ ...whole, where: group })} />
        </ConditionSubjectProvider>
      )}
      {there && (
        <NativeSelect
          label={_("Whose records count")}
          description={rollup.reach === "viewer" ? _("People with different roles see different figures.") : _("Everybody sees the same figure, also of records that they may not open.")}
          value={rollup.reach}
          data={[
            { value: "viewer", label: _("Those that whoever looks may see") },
            { value: "company", label: _("All of the company's") },
          ]}
          onChange={(event) => put({ reach: event.currentTarget.value as Rollup["reach"] })}
        />
      )}
      <Trial object={object} id={id} label={label} asked={ready ? { rollup: where ? { ...whole, where: plain(where) } : whole } : undefined} />
    </fieldset>
  );
}; // prettier-ignore
