import { useState } from "react";
import { Checkbox, NativeSelect, Select, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { DefinedType } from "#records";
import { boot, loadBoot } from "../../kit/boot.ts";
import { FieldInput } from "../../kit/form/FieldInput.tsx";
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

const useSave = ({ object, field }: Props) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  // Forms and tables draw fields as they were told at start.
  const again = async (): Promise<void> => {
    await Promise.all([cache.invalidateQueries({ queryKey: fieldsKey }), loadBoot()]);
  };
  return async (draft: Draft): Promise<void> => {
    const name = draft.label;
    if (field) {
      const { id, version } = field;
      const saved = await customFields().update({ id, version, ...changeOf(draft) });
      done(_("{name} changed", { name }), () =>
        customFields()
          .update({ id, version: saved.version, ...changeOf(draftOf(field)) })
          .then(again),
      );
    } else {
      const { to_object, type } = draft;
      const made = await customFields().create({ object, type, to_object, ...changeOf(draft) });
      done(_("{name} added", { name }), () => customFields().retire({ id: made.id }).then(again));
    }
    await again();
  };
};

/** Adds a field to an object, or changes its words, its choices and what is required. */
export const FieldDialog = (props: Props) => {
  const { _ } = useLingui();
  const { field, onClose } = props;
  const [draft, setDraft] = useState(() => draftOf(field));
  const put = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));
  const save = useSave(props);
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
      onSubmit={() => save(draft)}
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
