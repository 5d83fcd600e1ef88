import { Checkbox, NativeSelect, Select, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { DefinedType } from "#records";
import { boot, loadBoot } from "../../kit/boot.ts";
import { FieldInput } from "../../kit/form/FieldInput.tsx";
import { useSetting } from "../../kit/form/useSetting.tsx";
import { textOf } from "../../records/cells.tsx";
import { done } from "../../kit/undo.ts";
import { Dialog } from "../../cycle/deliver/Dialog.tsx";
import { FormulaPart } from "./FormulaPart.tsx";
import { RollupPart } from "./RollupPart.tsx";
import { ChoiceRows } from "./ChoiceRows.tsx";
import {
  changeOf,
  customFields,
  draftOf,
  fieldsKey,
  hasChoices,
  isLink,
  isWorkedOut,
  mayBeFast,
  mayBeUnique,
  presetField,
  typeWords,
  type Draft,
  type Told,
} from "./fields.ts";

interface Props {
  object: string;
  /** The one to change; a new one without. */
  field?: Told | undefined;
  onClose: () => void;
}

type Values = Draft & { version: number };
const valuesOf = (field: Told | undefined): Values => ({ ...draftOf(field), version: field?.version ?? 0 });

const useField = ({ object, field }: Props) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  // Forms and tables draw fields as they were told at start.
  const again = async (): Promise<void> => {
    await Promise.all([cache.invalidateQueries({ queryKey: fieldsKey }), loadBoot()]);
  };
  const yes = (on: boolean): string => (on ? _("Yes") : _("No"));
  const preset = presetField(draftOf(field), "New records begin with");
  const { values, set, conflict, save } = useSetting<Values>(valuesOf(field), {
    parts: [
      { name: "label", label: _("Name") },
      { name: "choices", label: _("Choices"), say: (choices: Draft["choices"]) => choices.filter((one) => !one.removed).map((one) => one.label).join(", ") },
      { name: "formula", label: _("Formula") },
      { name: "rollup", label: _("Rollup"), say: ({ related, figure, field: of }: Draft["rollup"]) => [related, figure, of].filter(Boolean).join(" · ") },
      { name: "help", label: _("Help") },
      { name: "fast", label: _("Fast to filter and sort"), say: yes },
      { name: "unique", label: _("Each value only once"), say: yes },
      { name: "required", label: _("Required in forms and over the API"), say: yes },
      { name: "preset", label: _(preset.label), say: (value: unknown) => textOf({ id: "", preset: value }, preset) },
    ],
    read: async () => {
      const now = (await customFields().list({ object })).items.find((one) => one.id === field?.id);
      return now && valuesOf(now as Told);
    },
  });
  const name = values.label;
  const write = async (changed: Partial<Values>, onto: Values): Promise<number> => {
    const { id } = field!;
    const saved = await customFields().update({ id, version: onto.version, ...changeOf({ ...onto, ...changed }) });
    done(_("{name} changed", { name }), () => customFields().update({ id, version: saved.version, ...changeOf(onto) }).then(again));
    await again();
    return saved.version;
  };
  const add = async (): Promise<void> => {
    const { to_object, type } = values;
    const made = await customFields().create({ object, type, to_object, ...changeOf(values) });
    done(_("{name} added", { name }), () => customFields().retire({ id: made.id }).then(again));
    await again();
  };
  return { draft: values, put: set, conflict, send: () => (field ? save(write) : add()) };
}; // prettier-ignore

/** Adds a field to an object, or changes its words, its choices and what is required. */
export const FieldDialog = (props: Props) => {
  const { _ } = useLingui();
  const { field, onClose } = props;
  const { draft, put, conflict, send } = useField(props);
  const worked = isWorkedOut(draft.type);
  const objects = (boot().objects ?? [])
    .filter((o) => o.page !== false)
    .map((o) => ({ value: o.name, label: _(o.label_plural) }));
  return (
    <Dialog
      title={field ? _("Edit {name}", { name: field.label }) : _("New field")}
      verb={field ? _("Save") : _("Add")}
      size={worked ? 720 : 520}
      fields={["label", "help", "preset", "choices", "to_object", "type", "formula", "rollup"]}
      conflict={conflict}
      onSubmit={send}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <TextInput data-autofocus label={_("Name")} withAsterisk maxLength={80} value={draft.label} error={errors["label"]} onChange={(event) => put({ label: event.currentTarget.value })} />
          <NativeSelect
            label={_("Type")}
            description={field ? _("The type stays: values of another type would be lost.") : undefined}
            disabled={field !== undefined}
            value={draft.type}
            error={errors["type"]}
            data={Object.entries(typeWords).map(([value, label]) => ({ value, label: _(label) }))}
            onChange={(event) => put({ type: event.currentTarget.value as DefinedType, preset: null, fast: false, unique: false })}
          />
          {hasChoices(draft.type) && <ChoiceRows id={field?.id} choices={draft.choices} error={Object.entries(errors).find(([name]) => name.startsWith("choices"))?.[1]} onChange={(choices) => put({ choices })} />}
          {isLink(draft.type) && <Select label={_("Points to")} withAsterisk disabled={field !== undefined} data={objects} value={draft.to_object} error={errors["to_object"]} onChange={(to_object) => put({ to_object, preset: null })} comboboxProps={{ withinPortal: false }} />}
          {draft.type === "formula" && <FormulaPart object={props.object} id={field?.id} label={draft.label} formula={draft.formula} error={errors["formula"]} onChange={(formula) => put({ formula })} />}
          {draft.type === "rollup" && <RollupPart object={props.object} id={field?.id} label={draft.label} rollup={draft.rollup} error={errors["rollup"] ?? Object.entries(errors).find(([name]) => name.startsWith("rollup"))?.[1]} onChange={(rollup) => put({ rollup })} />}
          <Textarea label={_("Help")} description={_("Shown below the field in forms")} autosize minRows={2} maxLength={300} value={draft.help} error={errors["help"]} onChange={(event) => put({ help: event.currentTarget.value })} />
          {mayBeFast(draft.type) && <Checkbox label={_("Fast to filter and sort")} description={_("Builds an index in the background; tables of many records can only be sorted by fast fields.")} checked={draft.fast} onChange={(event) => put({ fast: event.currentTarget.checked })} />}
          {mayBeUnique(draft.type) && <Checkbox label={_("Each value only once")} description={_("Two records can never have the same one, whatever its case.")} checked={draft.unique} onChange={(event) => put({ unique: event.currentTarget.checked, preset: null })} />}
          {!worked && <Checkbox label={_("Required in forms and over the API")} checked={draft.required} onChange={(event) => put({ required: event.currentTarget.checked })} />}
          {!draft.unique && !worked && draft.type !== "file" && (!isLink(draft.type) || draft.to_object) && <FieldInput key={`${draft.type}${draft.to_object}`} field={presetField(draft, "New records begin with")} value={draft.preset} error={errors["preset"]} onChange={(preset) => put({ preset })} />}
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};
