import { useEffect, useRef, useState, type FormEvent } from "react";
import { Button, Drawer } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { Field } from "#records";
import { pointed, recordsOf, titleOf } from "../../records/record.ts";
import type { DescribedObject } from "../boot.ts";
import { textOfValue } from "../text.ts";
import { isProblem, sentenceOf } from "../problem.ts";
import { done } from "../undo.ts";
import type { RecordFormProps } from "./RecordForm.tsx";
import { FieldInput } from "./FieldInput.tsx";
import { keepDraft, readDraft } from "./draft.ts";

const editable = (object: DescribedObject): readonly Field[] => object.fields.filter((field) => !field.computed);

const useSave = ({ object, record, given, onSaved, onClose }: RecordFormProps, draftKey: string) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const records = recordsOf(object.plural);
  return async (changed: Record<string, unknown>): Promise<void> => {
    const saved = record
      ? await records.edit(record.id, record.version, changed)
      : await records.create({ ...given, ...changed });
    keepDraft(draftKey, undefined);
    await cache.invalidateQueries({ queryKey: [object.plural] });
    const name = titleOf(object, saved);
    const again = () => cache.invalidateQueries({ queryKey: [object.plural] });
    if (record) {
      const before = Object.fromEntries(Object.keys(changed).map((key) => [key, record[key] ?? null]));
      done(_("{name} changed", { name }), () => records.edit(saved.id, saved.version, before).then(again));
    } else done(_("{name} added", { name }), () => records.trash(saved.id).then(again));
    onSaved?.(saved);
    onClose();
  };
};

/** Creates or edits a record in a drawer at the side: fields from the description, the server's words at the field, a draft that survives a reload. */
const RecordDrawer = (props: RecordFormProps) => {
  const { object, given = {}, onClose } = props;
  // Live updates refresh the screen behind, not what this form was filled from: its version is what makes a conflict seen.
  const [record] = useState(props.record);
  const { _ } = useLingui();
  const key = `${object.name}.${record?.id ?? "new"}`;
  const [changed, setChanged] = useState<Record<string, unknown>>(() => readDraft(key) ?? {});
  const [titles, setTitles] = useState<Record<string, string>>({});
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failed, setFailed] = useState("");
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const save = useSave({ ...props, record }, key);
  const fields = editable(object);
  useEffect(() => keepDraft(key, changed), [key, changed]);

  const value = (name: string): unknown => (name in changed ? changed[name] : (record?.[name] ?? given[name]));
  const refuse = (found: Readonly<Record<string, string>>, words: string): void => {
    setErrors(found);
    setFailed(words);
    const wrong = fields.find((field) => field.name in found);
    form.current
      ?.querySelector<HTMLElement>(`[data-field="${wrong?.name}"] :is(input:not([type="hidden"]), textarea)`)
      ?.focus();
  };
  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const missing = fields.filter(
      (field) => field.required && [null, undefined, ""].includes(value(field.name) as string),
    );
    if (missing.length > 0)
      return refuse(
        Object.fromEntries(missing.map((field) => [field.name, _("{field} is needed", { field: _(field.label) })])),
        "",
      );
    setBusy(true);
    try {
      await save(changed);
    } catch (thrown) {
      const told = isProblem(thrown)
        ? thrown.errors.filter((error) => fields.some((field) => field.name === error.field))
        : [];
      const stale = isProblem(thrown) && thrown.status === 412;
      const words = stale
        ? _(
            "Somebody else changed this record while you were editing. Close, look, and edit again; your draft is kept.",
          )
        : sentenceOf(thrown);
      refuse(Object.fromEntries(told.map((error) => [error.field, error.message])), told.length > 0 ? "" : words);
    } finally {
      setBusy(false);
    }
  };
  const discard = (): void => {
    keepDraft(key, undefined);
    onClose();
  };
  const title = record
    ? _("Edit {name}", { name: titleOf(object, record) })
    : _("New {what}", { what: _(object.label).toLocaleLowerCase() });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={420}
      title={title}
      closeButtonProps={{ "aria-label": _("Close") }}
    >
      <form ref={form} className="stack" onSubmit={(event) => void onSubmit(event)} noValidate>
        <div role="alert">
          {failed && (
            <p className="note" data-tone="red">
              {failed}
            </p>
          )}
        </div>
        {fields.map((field, i) => (
          <div key={field.name} data-field={field.name}>
            <FieldInput
              field={field}
              autoFocus={i === 0}
              value={value(field.name) ?? null}
              error={errors[field.name]}
              title={titles[field.name] ?? (record && pointed(record, field)?.title)}
              currency={field.currency_field ? textOfValue(value(field.currency_field)) || undefined : undefined}
              onChange={(next, picked) => {
                setChanged((before) => ({ ...before, [field.name]: next }));
                if (picked) setTitles((before) => ({ ...before, [field.name]: picked }));
              }}
            />
          </div>
        ))}
        <div className="line">
          <Button type="submit" loading={busy} disabled={record !== undefined && Object.keys(changed).length === 0}>
            {record ? _("Save") : _("Add")}
          </Button>
          <Button variant="default" onClick={discard}>
            {Object.keys(changed).length > 0 ? _("Discard") : _("Cancel")}
          </Button>
        </div>
      </form>
    </Drawer>
  );
};
export default RecordDrawer;
