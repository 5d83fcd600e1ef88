import { Checkbox, Select, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { Reason, ReasonUse } from "#records";
import { useSetting } from "../../kit/form/useSetting.tsx";
import { done } from "../../kit/undo.ts";
import { Dialog } from "../../cycle/deliver/Dialog.tsx";
import { reasonKey, reasons, useWords } from "./reasons.ts";

interface Props {
  /** The one to change; a new one without. */
  reason?: Reason | undefined;
  groups: readonly Reason[];
  onClose: () => void;
}

type Draft = Pick<Reason, "label" | "parent_id" | "applies_to" | "version">;

const useReason = ({ reason, groups }: Props) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = () => cache.invalidateQueries({ queryKey: reasonKey });
  const { values, set, conflict, save } = useSetting<Draft>(reason ?? { label: "", parent_id: null, applies_to: ["case"], version: 0 }, {
    parts: [
      { name: "label", label: _("Reason") },
      { name: "parent_id", label: _("Part of"), say: (id: string | null) => groups.find((group) => group.id === id)?.label ?? _("A group of its own") },
      { name: "applies_to", label: _("What it can explain"), say: (uses: readonly ReasonUse[]) => uses.map((use) => _(useWords[use])).join(", ") },
    ],
    read: async () => reason && reasons().get({ id: reason.id }),
  });
  const given = ({ label, parent_id, applies_to }: Draft) => ({ label, parent_id, applies_to: [...applies_to] });
  const write = async (changed: Partial<Draft>, onto: Draft): Promise<number> => {
    const { id } = reason!;
    const saved = await reasons().update({ id, version: onto.version, ...given({ ...onto, ...changed }) });
    done(_("{name} changed", { name: values.label }), () => reasons().update({ id, version: saved.version, ...given(onto) }).then(again));
    await again();
    return saved.version;
  };
  const add = async (): Promise<void> => {
    const { id, version } = await reasons().create(given(values));
    done(_("{name} added", { name: values.label }), () => reasons().update({ id, version, active: false }).then(again));
    await again();
  };
  return { values, set, conflict, send: () => (reason ? save(write) : add()) };
}; // prettier-ignore

/** Adds a reason, or changes its words, its group and what it can explain. */
export const ReasonDialog = (props: Props) => {
  const { _ } = useLingui();
  const { reason, groups, onClose } = props;
  const { values, set, conflict, send } = useReason(props);
  const others = groups.filter((group) => group.id !== reason?.id);
  return (
    <Dialog
      title={reason ? _("Edit {name}", { name: reason.label }) : _("New reason")}
      verb={reason ? _("Save") : _("Add")}
      fields={["label", "parent_id", "applies_to"]}
      conflict={conflict}
      onSubmit={send}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <TextInput data-autofocus label={_("Reason")} withAsterisk maxLength={100} value={values.label} error={errors["label"]} onChange={(event) => set({ label: event.currentTarget.value })} />
          <Select
            label={_("Part of")}
            placeholder={_("A group of its own")}
            clearable
            clearButtonProps={{ "aria-label": _("Clear") }}
            data={others.map((group) => ({ value: group.id, label: group.label }))}
            value={values.parent_id}
            error={errors["parent_id"]}
            onChange={(parent_id) => set({ parent_id })}
            comboboxProps={{ withinPortal: false }}
          />
          <Checkbox.Group label={_("What it can explain")} value={[...values.applies_to]} onChange={(uses) => set({ applies_to: uses as ReasonUse[] })} error={errors["applies_to"]}>
            <div className="stack" style={{ marginBlockStart: 6 }}>
              {Object.entries(useWords).map(([use, words]) => <Checkbox key={use} value={use} label={_(words)} />)}
            </div>
          </Checkbox.Group>
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};
