import { useState } from "react";
import { ActionIcon, Button, Checkbox, NativeSelect, Select } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Sharing } from "#records";
import type { Here } from "../../kit/here.ts";
import { Icon } from "../../kit/Icon.tsx";
import { done } from "../../kit/undo.ts";
import { Dialog } from "../../cycle/deliver/Dialog.tsx";
import { Ask } from "../../settings/Ask.tsx";
import { memberKey, people } from "../../settings/people/people.ts";
import { sharing, teamsClient, teamsKey } from "../../settings/access/access.ts";
import "../../settings/settings.css";
import "../../settings/access/access.css";

type Draft = Pick<Sharing, "shares" | "private">;
type Told = Omit<Sharing, "version">;
const keyOf = (share: Sharing["shares"][number]): string => share.user_id ?? share.team_id ?? "";

/** People and teams something is shared with, and what each may do. */
export const Rows = ({ draft, told, nobody, onChange }: { draft: Draft; told: Told; nobody: string; onChange: (draft: Draft) => void }) => {
  const { _ } = useLingui();
  const [add, setAdd] = useState<string | null>(null);
  const members = useQuery({ queryKey: memberKey, queryFn: () => people().list({ limit: 200 }) }).data?.items ?? [];
  const teams = useQuery({ queryKey: teamsKey, queryFn: () => teamsClient().list({}) }).data?.items ?? [];
  const { shares } = draft;
  const known = new Set(shares.map(keyOf));
  const offered = [
    { group: _("Teams"), items: teams.filter((t) => !known.has(t.id)).map((t) => ({ value: t.id, label: t.name })) },
    { group: _("People"), items: members.filter((m) => !known.has(m.id)).map((m) => ({ value: m.id, label: m.name })) },
  ];
  const put = (): void => {
    const team = teams.find((t) => t.id === add);
    const person = members.find((m) => m.id === add);
    if (!team && !person) return;
    onChange({ ...draft, shares: [...shares, { user_id: person?.id ?? null, team_id: team?.id ?? null, name: (team ?? person)?.name ?? "", can_edit: false }] });
    setAdd(null);
  };
  return (
    <>
      {shares.length === 0 && <p className="quiet small">{nobody}</p>}
      <ul className="rows">
        {shares.map((share) => (
          <li key={keyOf(share)}>
            <bdi className="fill">{share.name}</bdi>
            <NativeSelect
              aria-label={_("What {name} may do", { name: share.name })}
              value={share.can_edit ? "edit" : "read"}
              data={[{ value: "read", label: _("May see") }, { value: "edit", label: _("May see and edit") }]}
              onChange={(event) => onChange({ ...draft, shares: shares.map((s) => (s === share ? { ...s, can_edit: event.currentTarget.value === "edit" } : s)) })}
            />
            <ActionIcon aria-label={_("Share no longer with {name}", { name: share.name })} onClick={() => onChange({ ...draft, shares: shares.filter((s) => s !== share) })}><Icon name="x" /></ActionIcon>
          </li>
        ))}
      </ul>
      <div className="share-add">
        <Select autoFocus openOnFocus={false} label={_("Person or team")} searchable data={offered} value={add} onChange={setAdd} comboboxProps={{ withinPortal: false }} />
        <Button variant="default" disabled={add === null} onClick={put}>{_("Add")}</Button>
      </div>
      {told.can_be_private && (
        <Checkbox
          label={_("Private")}
          description={_("Only its owner, those named here, and the company's owners and administrators see it.")}
          checked={draft.private}
          onChange={(event) => onChange({ ...draft, private: event.currentTarget.checked })}
        />
      )}
    </>
  );
}; // prettier-ignore

type Seen = Awaited<ReturnType<ReturnType<typeof sharing>["seenBy"]>>["items"][number];
const whyWords: Readonly<Record<Seen["why"], string>> = {
  owner: "Owns it",
  shared: "Shared with them",
  "shared-team": "Shared with {team}",
  all: "Their role sees all",
  team: "Of their team",
  subordinates: "Of somebody below them",
  territory: "In their territory",
  customer: "With its customer",
};

/** Who sees the record as it is saved, and why. */
const SeenByList = ({ here }: { here: Here }) => {
  const { _ } = useLingui();
  const [open, setOpen] = useState(false);
  const asked = useQuery({ queryKey: ["sharing", here.object, here.record_id, "seen-by"], queryFn: () => sharing().seenBy({ object: here.object, id: here.record_id }), enabled: open });
  return (
    <details className="seen-by" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{_("Who sees it, and why")}</summary>
      {open && (
        <Ask asked={asked}>
          {({ items }) => (
            <ul className="rows">
              {items.map((one) => (
                <li key={one.user_id}>
                  <span className="who fill"><bdi>{one.name}</bdi><span className="quiet small">{_(whyWords[one.why], { team: one.team ?? "" })}</span></span>
                  <span className="quiet small">{one.can_edit ? _("May see and edit") : _("May see")}</span>
                </li>
              ))}
            </ul>
          )}
        </Ask>
      )}
    </details>
  );
}; // prettier-ignore

/** With whom the record is shared by hand, and whether it is private; one save, one way back. */
const ShareDialog = ({ here, onClose }: { here: Here; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const queryKey = ["sharing", here.object, here.record_id];
  const asked = useQuery({ queryKey, queryFn: () => sharing().get({ object: here.object, id: here.record_id }) });
  const [draft, setDraft] = useState<Draft>();
  // What the draft was begun from: what others change since is not gone over unseen.
  const [before, setBefore] = useState<Sharing>();
  const now = draft ?? asked.data;
  const put = async ({ shares, private: hidden }: Draft, version: number): Promise<number> => {
    const saved = await sharing().save({ object: here.object, id: here.record_id, private: hidden, version, shares: shares.map(({ user_id, team_id, can_edit }) => ({ user_id, team_id, can_edit })) });
    await cache.invalidateQueries({ queryKey });
    return saved.version;
  };
  const save = async (): Promise<void> => {
    if (!draft || !before) return;
    const version = await put(draft, before.version);
    done(_("Sharing changed"), () => put(before, version));
  };
  return (
    <Dialog title={_("Share")} verb={_("Save")} size={480} fields={[]} disabled={!draft} onSubmit={save} onClose={onClose}>
      {() => <Ask asked={asked}>{(told) => now && <><Rows draft={now} told={told} nobody={_("Shared with nobody by hand: roles alone decide who sees it.")} onChange={(next) => { setDraft(next); setBefore(before ?? told); }} /><SeenByList here={here} /></>}</Ask>}
    </Dialog>
  );
}; // prettier-ignore
export default ShareDialog;
