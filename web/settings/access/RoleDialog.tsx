import { NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { useSetting } from "../../kit/form/useSetting.tsx";
import { done } from "../../kit/undo.ts";
import { Dialog } from "../../cycle/deliver/Dialog.tsx";
import { roleWords } from "../people/roles.ts";
import { grantsLike, ownRoles, rolesKey, type Base, type OwnRole } from "./access.ts";
import { FieldRights } from "./FieldRights.tsx";
import { Matrix } from "./Matrix.tsx";
import { fieldWords, grantWords } from "./role-words.ts";

type Draft = Pick<OwnRole, "name" | "base" | "grants" | "fields" | "version">;

const bases = ["agent", "viewer", "manager", "admin"] as const satisfies readonly Base[];

/** Makes a role, or changes what it may do; it holds at once for everybody who has it. */
export const RoleDialog = ({ role, onClose }: { role?: OwnRole | undefined; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const { values: draft, set, conflict, save } = useSetting<Draft>(role ?? { name: "", base: "agent", grants: grantsLike("agent"), fields: {}, version: 0 }, {
    parts: [
      { name: "name", label: _("Name") },
      { name: "base", label: _("Based on"), say: (base: Base) => _(roleWords[base].label) },
      { name: "grants", label: _("What it may do"), say: grantWords },
      { name: "fields", label: _("Fields"), say: fieldWords },
    ],
    read: async () => role && ownRoles().get({ id: role.id }),
  });
  const again = (): Promise<void> => cache.invalidateQueries({ queryKey: rolesKey });
  const write = async (changed: Partial<Draft>, onto: Draft): Promise<number> => {
    const { id } = role!;
    const given = ({ name, base, grants, fields }: Draft) => ({ id, name, base, grants, fields });
    const now = await ownRoles().update({ ...given({ ...onto, ...changed }), version: onto.version });
    done(_("{name} changed", { name: draft.name }), () => ownRoles().update({ ...given(onto), version: now.version }).then(again));
    await again();
    return now.version;
  };
  const add = async (): Promise<void> => {
    const { name, base, grants, fields } = draft;
    const made = await ownRoles().create({ name, base, grants, fields });
    done(_("{name} added", { name }), () => ownRoles().remove({ id: made.id }).then(again));
    await again();
  };
  return (
    <Dialog title={role ? _("Edit {name}", { name: role.name }) : _("New role")} verb={role ? _("Save") : _("Add")} size={880} fields={["name"]} conflict={conflict} onSubmit={() => (role ? save(write) : add())} onClose={onClose}>
      {(errors) => (
        <>
          <div className="two">
            <TextInput data-autofocus label={_("Name")} withAsterisk maxLength={80} value={draft.name} error={errors["name"]} onChange={(event) => set({ name: event.currentTarget.value })} />
            <NativeSelect
              label={_("Based on")}
              description={_("For what is no record: settings, imports, sending, refunds.")}
              value={draft.base}
              data={bases.map((base) => ({ value: base, label: _(roleWords[base].label) }))}
              onChange={(event) => {
                const base = event.currentTarget.value as Base;
                set({ base, ...(role ? {} : { grants: grantsLike(base) }) });
              }}
            />
          </div>
          <Matrix grants={draft.grants} onChange={(grants) => set({ grants })} />
          <FieldRights fields={draft.fields} onChange={(fields) => set({ fields })} />
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore
