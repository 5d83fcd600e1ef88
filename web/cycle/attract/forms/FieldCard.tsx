import { ActionIcon, Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { KeyboardEvent } from "react";
import { useLingui } from "@lingui/react";
import { Icon } from "../../../kit/Icon.tsx";
import { typeWords, type Field } from "./told.ts";

interface FieldCardProps {
  field: Field;
  at: number;
  count: number;
  onChange: (field: Field) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

const types = Object.keys(typeWords) as Field["type"][];

/** One question: how it is asked, whether it must be answered, its place. Alt with the arrow keys moves it. */
export const FieldCard = ({ field, at, count, onChange, onMove, onRemove }: FieldCardProps) => {
  const { _ } = useLingui();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onMove(event.key === "ArrowUp" ? -1 : 1);
  };
  const retype = (type: Field["type"]): void => {
    const { choices: _before, ...rest } = field;
    onChange(type === "choice" ? { ...rest, type, choices: [_("Yes"), _("No")] } : { ...rest, type });
  };
  return (
    <li className="form-field" onKeyDown={onKeyDown}>
      <div className="line">
        <TextInput className="fill" aria-label={_("Question {n}", { n: at + 1 })} data-field={field.key} value={field.label} maxLength={300} onChange={(event) => onChange({ ...field, label: event.currentTarget.value })} />
        <ActionIcon aria-label={_("Move up: {what}", { what: field.label })} disabled={at === 0} onClick={() => onMove(-1)}><Icon name="sortAsc" size={14} /></ActionIcon>
        <ActionIcon aria-label={_("Move down: {what}", { what: field.label })} disabled={at === count - 1} onClick={() => onMove(1)}><Icon name="sortDesc" size={14} /></ActionIcon>
        <ActionIcon aria-label={_("Remove: {what}", { what: field.label })} onClick={onRemove}><Icon name="x" size={14} /></ActionIcon>
      </div>
      <div className="line form-field-more">
        {field.contact ? (
          <span className="quiet small fill">{_("Kept on the contact")}</span>
        ) : (
          <NativeSelect className="fill" aria-label={_("Kind of answer to {what}", { what: field.label })} value={field.type} data={types.map((type) => ({ value: type, label: _(typeWords[type]) }))} onChange={(event) => retype(event.currentTarget.value as Field["type"])} />
        )}
        <Checkbox label={_("Required")} checked={field.required} onChange={(event) => onChange({ ...field, required: event.currentTarget.checked })} />
      </div>
      {field.type === "choice" && (
        <Textarea label={_("Answers, one a line")} autosize minRows={2} value={(field.choices ?? []).join("\n")} onChange={(event) => onChange({ ...field, choices: event.currentTarget.value.split("\n") })} />
      )}
      <TextInput placeholder={_("Help below the question")} aria-label={_("Help for {what}", { what: field.label })} value={field.help ?? ""} maxLength={500} onChange={(event) => onChange({ ...field, help: event.currentTarget.value })} />
    </li>
  );
}; // prettier-ignore
