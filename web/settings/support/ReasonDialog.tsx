import { useState } from "react";
import { Checkbox, Select, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { Reason, ReasonUse } from "#records";
import { done } from "../../kit/undo.ts";
import { Dialog } from "../../cycle/deliver/Dialog.tsx";
import { reasonKey, reasons, useWords } from "./reasons.ts";

interface Props {
  /** The one to change; a new one without. */
  reason?: Reason | undefined;
  groups: readonly Reason[];
  onClose: () => void;
}

const useSave = ({ reason }: Props) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = () => cache.invalidateQueries({ queryKey: reasonKey });
  return async (values: { label: string; applies_to: ReasonUse[]; parent_id: string | null }): Promise<void> => {
    if (reason) {
      const { id, version, label, applies_to, parent_id } = reason;
      const saved = await reasons().update({ id, version, ...values });
      done(_("{name} changed", { name: values.label }), () => reasons().update({ id, version: saved.version, label, applies_to, parent_id }).then(again)); // prettier-ignore
    } else {
      const { id, version } = await reasons().create(values);
      done(_("{name} added", { name: values.label }), () =>
        reasons().update({ id, version, active: false }).then(again),
      );
    }
    await again();
  };
};

/** Adds a reason, or changes its words, its group and what it can explain. */
export const ReasonDialog = (props: Props) => {
  const { _ } = useLingui();
  const { reason, groups, onClose } = props;
  const [label, setLabel] = useState(reason?.label ?? "");
  const [parent, setParent] = useState<string | null>(reason?.parent_id ?? null);
  const [uses, setUses] = useState<string[]>(reason?.applies_to ?? ["case"]);
  const save = useSave(props);
  const others = groups.filter((group) => group.id !== reason?.id);
  return (
    <Dialog
      title={reason ? _("Edit {name}", { name: reason.label }) : _("New reason")}
      verb={reason ? _("Save") : _("Add")}
      fields={["label", "parent_id", "applies_to"]}
      onSubmit={() => save({ label, applies_to: uses as ReasonUse[], parent_id: parent })}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <TextInput data-autofocus label={_("Reason")} withAsterisk maxLength={100} value={label} error={errors["label"]} onChange={(event) => setLabel(event.currentTarget.value)} />
          <Select
            label={_("Part of")}
            placeholder={_("A group of its own")}
            clearable
            clearButtonProps={{ "aria-label": _("Clear") }}
            data={others.map((group) => ({ value: group.id, label: group.label }))}
            value={parent}
            error={errors["parent_id"]}
            onChange={setParent}
            comboboxProps={{ withinPortal: false }}
          />
          <Checkbox.Group label={_("What it can explain")} value={uses} onChange={setUses} error={errors["applies_to"]}>
            <div className="stack" style={{ marginBlockStart: 6 }}>
              {Object.entries(useWords).map(([use, words]) => <Checkbox key={use} value={use} label={_(words)} />)}
            </div>
          </Checkbox.Group>
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};
