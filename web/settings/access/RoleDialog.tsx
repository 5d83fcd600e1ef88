import { useState } from "react";
import { NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { done } from "../../kit/undo.ts";
import { Dialog } from "../../cycle/deliver/Dialog.tsx";
import { roleWords } from "../people/roles.ts";
import { grantsLike, ownRoles, rolesKey, type Base, type OwnRole } from "./access.ts";
import { FieldRights } from "./FieldRights.tsx";
import { Matrix } from "./Matrix.tsx";

const bases = ["agent", "viewer", "manager", "admin"] as const satisfies readonly Base[];

/** Makes a role, or changes what it may do; it holds at once for everybody who has it. */
export const RoleDialog = ({ role, onClose }: { role?: OwnRole | undefined; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [draft, setDraft] = useState(() => role ?? { name: "", base: "agent" as Base, grants: grantsLike("agent"), fields: {} as OwnRole["fields"] });
  const again = (): Promise<void> => cache.invalidateQueries({ queryKey: rolesKey });
  const save = async (): Promise<void> => {
    const { name, base, grants, fields } = draft;
    if (role) {
      const now = await ownRoles().update({ id: role.id, version: role.version, name, base, grants, fields });
      const { id, name: was, base: wasBase, grants: wasGrants, fields: wasFields } = role;
      done(_("{name} changed", { name }), () => ownRoles().update({ id, version: now.version, name: was, base: wasBase, grants: wasGrants, fields: wasFields }).then(again));
    } else {
      const made = await ownRoles().create({ name, base, grants, fields });
      done(_("{name} added", { name }), () => ownRoles().remove({ id: made.id }).then(again));
    }
    await again();
  };
  return (
    <Dialog title={role ? _("Edit {name}", { name: role.name }) : _("New role")} verb={role ? _("Save") : _("Add")} size={880} fields={["name"]} onSubmit={save} onClose={onClose}>
      {(errors) => (
        <>
          <div className="two">
            <TextInput data-autofocus label={_("Name")} withAsterisk maxLength={80} value={draft.name} error={errors["name"]} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })} />
            <NativeSelect
              label={_("Based on")}
              description={_("For what is no record: settings, imports, sending, refunds.")}
              value={draft.base}
              data={bases.map((base) => ({ value: base, label: _(roleWords[base].label) }))}
              onChange={(event) => {
                const base = event.currentTarget.value as Base;
                setDraft({ ...draft, base, ...(role ? {} : { grants: grantsLike(base) }) });
              }}
            />
          </div>
          <Matrix grants={draft.grants} onChange={(grants) => setDraft({ ...draft, grants })} />
          <FieldRights fields={draft.fields} onChange={(fields) => setDraft({ ...draft, fields })} />
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore
