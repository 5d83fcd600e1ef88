import { useRef } from "react";
import { NativeSelect, Textarea } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { objectOf } from "../../kit/boot.ts";
import { Trial } from "./Trial.tsx";

interface Props {
  object: string;
  id: string | undefined;
  label: string;
  formula: string;
  error: string | undefined;
  onChange: (formula: string) => void;
}

const speakable = new Set(["number", "integer", "money", "boolean", "date", "datetime", "text", "long_text", "email", "phone", "url", "country", "currency", "choice"]); // prettier-ignore
// What stands in a formula, each with what it is begun with.
const functions = [
  ["if", 'if(question, then, else)'], ["concat", 'concat(one, " ", other)'], ["round", "round(number, 2)"], ["min", "min(one, other)"], ["max", "max(one, other)"], ["abs", "abs(number)"],
  ["floor", "floor(number)"], ["ceil", "ceil(number)"], ["len", "len(text)"], ["upper", "upper(text)"], ["lower", "lower(text)"], ["contains", 'contains(text, "part")'], ["days", "days(from, to)"],
  ["today", "today()"], ["date", 'date("2026-01-31")'], ["year", "year(day)"], ["month", "month(day)"], ["empty", "empty(value)"], ["ifempty", "ifempty(value, instead)"],
] as const; // prettier-ignore

/** A formula over the record's own fields, with what it comes to. */
export const FormulaPart = ({ object, id, label, formula, error, onChange }: Props) => {
  const { _ } = useLingui();
  const area = useRef<HTMLTextAreaElement>(null);
  const fields = (objectOf(object)?.fields ?? []).filter((field) => speakable.has(field.type) && field.id !== (id ?? ""));
  const insert = (text: string): void => {
    const { selectionStart: from = formula.length, selectionEnd: to = formula.length } = area.current ?? {};
    onChange(formula.slice(0, from) + text + formula.slice(to));
    const at = from + text.length;
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(at, at);
    });
  };
  return (
    <fieldset className="plain-set stack">
      <legend className="label">{_("Formula")}</legend>
      <Textarea ref={area} aria-label={_("Formula")} classNames={{ input: "formula-text" }} autosize minRows={2} maxRows={8} maxLength={2000} dir="ltr" spellCheck={false} placeholder="custom.seats * custom.price" value={formula} error={error} onChange={(event) => onChange(event.currentTarget.value)} />
      <div className="line formula-inserts">
        <NativeSelect aria-label={_("Insert a field")} value="" data={[{ value: "", label: _("Insert a field") }, ...fields.map((field) => ({ value: field.name, label: _(field.label) }))]} onChange={(event) => insert(event.currentTarget.value)} />
        <NativeSelect aria-label={_("Insert a function")} value="" data={[{ value: "", label: _("Insert a function") }, ...functions.map(([name, begun]) => ({ value: begun, label: name }))]} onChange={(event) => insert(event.currentTarget.value)} />
      </div>
      <p className="quiet small">{_("Signs: + - * / = != < <= > >= and or not. An amount counts in whole units, a time as its day in UTC. What is divided by zero is empty.")}</p>
      <Trial object={object} id={id} label={label} asked={formula.trim() === "" ? undefined : { formula }} />
    </fieldset>
  );
}; // prettier-ignore
