import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState, type FormEvent } from "react";
import { Button, Drawer } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { Field } from "#records";
import {
  asSent,
  pointed,
  pointedMany,
  recordsOf,
  titleOf,
  valueIn,
  type ListAnswer,
  type Rec,
} from "../../records/record.ts";
import { textOf } from "../../records/cells.tsx";
import { withEdits } from "../../records/sheet/edits.ts";
import type { DescribedObject } from "../boot.ts";
import { textOfValue } from "../text.ts";
import { isProblem, sentenceOf } from "../problem.ts";
import { done } from "../undo.ts";
import type { RecordFormProps } from "./RecordForm.tsx";
import { giveUp } from "../../records/beside/files/told.ts";
import { useEditing } from "../editing.ts";
import { Conflict } from "./Conflict.tsx";
import { FieldInput } from "./FieldInput.tsx";
import { draftIn, keepDraft } from "./draft.ts";
import { Nesting } from "./Nesting.tsx";

const Alike = lazy(() => import("../../records/duplicates/Alike.tsx"));
const editable = (object: DescribedObject): readonly Field[] => object.fields.filter((field) => !field.computed);

// Two frames, ms: the eye has the new value before the page reads its lists again.
const afterPaint = 34;

const withSaved = (known: ListAnswer | undefined, saved: Rec): ListAnswer | undefined =>
  known && { ...known, items: known.items.map((row) => (row.id === saved.id ? { ...row, ...saved } : row)) };

const useSave = ({ object, record, given, onSaved, onClose }: RecordFormProps, draftKey: string) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const records = recordsOf(object.plural);
  return async (changed: Record<string, unknown>, onto: Rec | undefined = record): Promise<void> => {
    const saved = onto
      ? await records.edit(onto.id, onto.version, asSent(changed))
      : await records.create(asSent({ ...given, ...changed }));
    keepDraft(draftKey, undefined);
    const again = () => cache.invalidateQueries({ queryKey: [object.plural] });
    // What was saved is on screen with the answer; what follows from it (other totals, another order) is asked for after that.
    if (onto)
      cache.setQueriesData<ListAnswer>({ queryKey: [object.plural, "list"] }, (known) => withSaved(known, saved));
    await new Promise((wake) => setTimeout(wake, afterPaint));
    await again();
    const name = titleOf(object, saved);
    if (onto) {
      const before = Object.fromEntries(Object.keys(changed).map((key) => [key, valueIn(onto, key) ?? null]));
      done(_("{name} changed", { name }), () => records.edit(saved.id, saved.version, asSent(before)).then(again));
    } else done(_("{name} added", { name }), () => records.trash(saved.id).then(again));
    onSaved?.(saved);
    onClose();
  };
};

/** Creates or edits a record in a drawer at the side: fields from the description, the server's words at the field, a draft that survives a reload. */
const RecordDrawer = (props: RecordFormProps) => {
  const { object, given, onUse, onClose } = props;
  // Live updates refresh the screen behind, not what this form was filled from: its version is what makes a conflict seen.
  const [record, setRecord] = useState(props.record);
  const [conflict, setConflict] = useState<Rec>();
  useEditing(record?.id);
  const { _ } = useLingui();
  const key = `${object.name}.${record?.id ?? "new"}`;
  const [kept] = useState(() => draftIn(key));
  const [changed, setChanged] = useState<Record<string, unknown>>(kept.changed);
  const [titles, setTitles] = useState<Readonly<Record<string, string>>>(kept.titles);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failed, setFailed] = useState("");
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const save = useSave({ ...props, record }, key);
  const fields = useMemo(() => editable(object), [object]);
  useEffect(
    () => keepDraft(key, Object.keys(changed).length > 0 ? { changed, titles } : undefined),
    [key, changed, titles],
  );

  const value = useCallback(
    (name: string): unknown => {
      if (name in changed) return changed[name];
      const known = (record && valueIn(record, name)) ?? given?.[name];
      return known ?? (record ? undefined : fields.find((field) => field.name === name)?.preset);
    },
    [changed, record, given, fields],
  );
  const refuse = (found: Readonly<Record<string, string>>, words: string): void => {
    setErrors(found);
    setFailed(words);
    const wrong = fields.find((field) => field.name in found);
    form.current
      ?.querySelector<HTMLElement>(
        `[data-field="${wrong?.name}"] :is(input:not([type="hidden"], [hidden]), textarea, button)`,
      )
      ?.focus();
  };
  const onSubmit = async (event?: FormEvent, onto: Rec | undefined = record): Promise<void> => {
    event?.preventDefault();
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
      await save(changed, onto);
    } catch (thrown) {
      const told = isProblem(thrown)
        ? thrown.errors.filter((error) => fields.some((field) => field.name === error.field))
        : [];
      const stale = isProblem(thrown) && thrown.status === 412;
      const now =
        stale && record
          ? await recordsOf(object.plural)
              .get(record.id)
              .catch(() => undefined)
          : undefined;
      if (now) return setConflict(now);
      const words = sentenceOf(thrown);
      refuse(Object.fromEntries(told.map((error) => [error.field, error.message])), told.length > 0 ? "" : words);
    } finally {
      setBusy(false);
    }
  };
  const theirs = conflict && record ? fields.filter(({ name }) => JSON.stringify(valueIn(record, name)) !== JSON.stringify(valueIn(conflict, name))) : []; // prettier-ignore
  const mineOf = (field: Field): string | undefined =>
    field.name in changed ? textOf(withEdits(record ?? { id: "" }, { [field.name]: { value: changed[field.name], title: titles[field.name]} }), field) : undefined; // prettier-ignore
  const settle = (): void => {
    setRecord(conflict);
    setConflict(undefined);
  };
  const forgetFiles = (of: readonly Field[]): void => {
    for (const { name, type } of of) if (type === "file") giveUp(changed[name]);
  };
  const takeTheirs = (): void => {
    const names = new Set(theirs.map(({ name }) => name));
    forgetFiles(theirs);
    setChanged((mine) => Object.fromEntries(Object.entries(mine).filter(([name]) => !names.has(name))));
    settle();
  };
  const discard = (): void => {
    forgetFiles(fields);
    keepDraft(key, undefined);
    onClose();
  };
  // Saving begins without drawing every field again.
  const inputs = useMemo(
    () =>
      fields.map((field, i) => (
        <div key={field.name} data-field={field.name}>
          <FieldInput
            field={field}
            object={object.name}
            autoFocus={i === 0}
            value={value(field.name) ?? null}
            error={errors[field.name]}
            links={record && field.type === "relations" ? pointedMany(record, field) : undefined}
            title={titles[field.name] ?? (record && pointed(record, field)?.title)}
            currency={field.currency_field ? textOfValue(value(field.currency_field)) || undefined : undefined}
            onChange={(next, picked) => {
              setChanged((before) => ({ ...before, [field.name]: next }));
              if (picked) setTitles((before) => ({ ...before, [field.name]: picked }));
            }}
          />
        </div>
      )),
    [fields, object, record, value, errors, titles],
  );
  const values = useMemo(() => ({ ...given, ...changed }), [given, changed]);
  const title = record
    ? _("Edit {name}", { name: titleOf(object, record) })
    : _("New {what}", { what: _(object.label).toLocaleLowerCase() });
  return (
    <Nesting>
      {(nested) => (
        <Drawer
          opened
          onClose={onClose}
          closeOnEscape={!nested}
          trapFocus={!nested}
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
            {conflict && record && (
              <Conflict
                differences={theirs.map((field) => ({
                  name: field.name,
                  label: _(field.label),
                  mine: mineOf(field),
                  theirs: textOf(conflict, field),
                }))}
                onMine={settle}
                onTheirs={takeTheirs}
              />
            )}
            {inputs}
            {!record && (
              <Suspense fallback={null}>
                <Alike object={object} values={values} onUse={onUse && ((found) => (onUse(found), discard()))} />
              </Suspense>
            )}
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
      )}
    </Nesting>
  );
};
export default RecordDrawer;
