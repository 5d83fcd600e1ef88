import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may } from "../../kit/boot.ts";
import { useKeys } from "../../kit/keys.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { Ask } from "../Ask.tsx";
import { Settings } from "../Settings.tsx";
import { roleWords } from "../people/roles.ts";
import { ownRoles, rolesKey, type OwnRole } from "./access.ts";
import { RoleDialog } from "./RoleDialog.tsx";
import "./access.css";

const Row = ({ role, onEdit }: { role: OwnRole; onEdit: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = (): Promise<void> => cache.invalidateQueries({ queryKey: rolesKey });
  const remove = async (): Promise<void> => {
    const { name, base, grants, fields } = role;
    try {
      await ownRoles().remove({ id: role.id });
      await again();
      done(_("{name} deleted", { name }), () => ownRoles().create({ name, base, grants, fields }).then(again));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  return (
    <li>
      <span className="who fill">
        <strong><bdi>{role.name}</bdi></strong>
        <span className="quiet small">{_("Like {base}", { base: _(roleWords[role.base].label) })}</span>
      </span>
      <span className="quiet small number">{[
        _("{n, plural, one {# person} other {# people}}", { n: role.people }),
        role.invited > 0 && _("{n} invited", { n: role.invited }),
        role.keys > 0 && _("{n, plural, one {# API key} other {# API keys}}", { n: role.keys }),
      ].filter(Boolean).join(", ")}</span>
      {may("access.manage") && (
        <>
          <Button variant="default" aria-label={_("Edit {name}", { name: role.name })} onClick={onEdit}>{_("Edit")}</Button>
          <Button variant="default" aria-label={_("Delete {name}", { name: role.name })} onClick={() => void remove()}>{_("Delete")}</Button>
        </>
      )}
    </li>
  );
}; // prettier-ignore

/** Roles made here: what each may do with which records and fields. People get one on the page of people. */
export const RolesPage = () => {
  const { _ } = useLingui();
  const [open, setOpen] = useState<{ role?: OwnRole }>();
  const asked = useQuery({ queryKey: rolesKey, queryFn: () => ownRoles().list({}) });
  const manages = may("access.manage");
  useKeys(manages ? [{ keys: "c", label: _("New role"), group: _("Roles"), run: () => setOpen({}) }] : []);
  return (
    <Settings
      title={_("Roles")}
      lead={_("Which records and fields somebody sees and changes. Give a role to a person on the page People; it holds at once.")}
      actions={manages && <Button onClick={() => setOpen({})}>{_("New role")}</Button>}
      wide
    >
      <Ask asked={asked}>
        {({ items }) => items.length === 0
          ? <div className="empty"><p>{_("No role of your own yet: the built-in ones see all records.")}</p>{manages && <Button variant="default" onClick={() => setOpen({})}>{_("Make one")}</Button>}</div>
          : <ul className="rows">{items.map((role) => <Row key={role.id} role={role} onEdit={() => setOpen({ role })} />)}</ul>}
      </Ask>
      <section className="settings-part" aria-labelledby="built-in">
        <h2 className="h" id="built-in">{_("Built in")}</h2>
        <dl className="facts">
          {Object.values(roleWords).map(({ label, lead }) => <div key={label}><dt>{_(label)}</dt><dd>{_(lead)}</dd></div>)}
        </dl>
      </section>
      {open && <RoleDialog role={open.role} onClose={() => setOpen(undefined)} />}
    </Settings>
  );
}; // prettier-ignore
