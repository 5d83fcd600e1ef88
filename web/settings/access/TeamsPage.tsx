import { useState } from "react";
import { Button, MultiSelect, NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may } from "../../kit/boot.ts";
import { useSetting } from "../../kit/form/useSetting.tsx";
import { useKeys } from "../../kit/keys.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { Dialog } from "../../cycle/deliver/Dialog.tsx";
import { Ask } from "../Ask.tsx";
import { Settings } from "../Settings.tsx";
import { memberKey, people as colleagues, type Member } from "../people/people.ts";
import { linesKey, teamsClient, teamsKey, type Team } from "./access.ts";
import "./access.css";

const TeamDialog = ({ team, members, onClose }: { team?: Team | undefined; members: readonly Member[]; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const { values, set, conflict, save } = useSetting<Omit<Team, "id">>(team ?? { name: "", people: [], version: 0 }, {
    parts: [
      { name: "name", label: _("Name") },
      { name: "people", label: _("People"), say: (ids: readonly string[]) => members.filter((m) => ids.includes(m.id)).map((m) => m.name).join(", ") },
    ],
    read: async () => (await teamsClient().list({})).items.find((one) => one.id === team?.id),
  });
  const again = (): Promise<void> => cache.invalidateQueries({ queryKey: teamsKey });
  const { name, people } = values;
  const write = async (changed: Partial<Team>, onto: Omit<Team, "id">): Promise<number> => {
    const { id } = team!;
    const saved = await teamsClient().save({ id, ...onto, ...changed, version: onto.version });
    done(_("{name} changed", { name }), () => teamsClient().save({ ...onto, id, version: saved.version }).then(again));
    await again();
    return saved.version;
  };
  const add = async (): Promise<void> => {
    const { id } = await teamsClient().create({ name, people });
    done(_("{name} added", { name }), () => teamsClient().remove({ id }).then(again));
    await again();
  };
  return (
    <Dialog title={team ? _("Edit {name}", { name: team.name }) : _("New team")} verb={team ? _("Save") : _("Add")} fields={["name", "people"]} conflict={conflict} onSubmit={() => (team ? save(write) : add())} onClose={onClose}>
      {(errors) => (
        <>
          <TextInput data-autofocus label={_("Name")} withAsterisk maxLength={80} value={name} error={errors["name"]} onChange={(event) => set({ name: event.currentTarget.value })} />
          <MultiSelect label={_("People")} searchable data={members.map((m) => ({ value: m.id, label: m.name }))} value={people} error={errors["people"]} onChange={(chosen) => set({ people: chosen })} comboboxProps={{ withinPortal: false }} />
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore

const Row = ({ team, members, onEdit }: { team: Team; members: readonly Member[]; onEdit: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = (): Promise<void> => cache.invalidateQueries({ queryKey: teamsKey });
  const remove = async (): Promise<void> => {
    try {
      await teamsClient().remove({ id: team.id });
      await again();
      done(_("{name} deleted", { name: team.name }), () => teamsClient().save(team).then(again));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  const names = members.filter((m) => team.people.includes(m.id)).map((m) => m.name);
  return (
    <li>
      <span className="who fill">
        <strong><bdi>{team.name}</bdi></strong>
        <span className="quiet small">{names.join(", ") || _("Nobody yet")}</span>
      </span>
      {may("access.manage") && (
        <>
          <Button variant="default" aria-label={_("Edit {name}", { name: team.name })} onClick={onEdit}>{_("Edit")}</Button>
          <Button variant="default" aria-label={_("Delete {name}", { name: team.name })} onClick={() => void remove()}>{_("Delete")}</Button>
        </>
      )}
    </li>
  );
}; // prettier-ignore

const Line = ({ member, members, manager }: { member: Member; members: readonly Member[]; manager: string }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = (): Promise<void> => cache.invalidateQueries({ queryKey: linesKey });
  const nameOf = (id: string): string => members.find((m) => m.id === id)?.name ?? _("Nobody");
  const put = async (next: string): Promise<void> => {
    try {
      await teamsClient().reportTo({ id: member.id, manager_id: next || null, seen: manager || null });
      done(_("{name} reports to: {manager}", { name: member.name, manager: nameOf(next) }), () => teamsClient().reportTo({ id: member.id, manager_id: manager || null, seen: next || null }).then(again));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
    await again();
  };
  return (
    <li>
      <bdi className="fill">{member.name}</bdi>
      <span className="quiet small">{_("reports to")}</span>
      <NativeSelect
        aria-label={_("{name} reports to", { name: member.name })}
        value={manager}
        disabled={!may("access.manage")}
        data={[{ value: "", label: _("Nobody") }, ...members.filter((m) => m.id !== member.id).map((m) => ({ value: m.id, label: m.name }))]}
        onChange={(event) => void put(event.currentTarget.value)}
      />
    </li>
  );
}; // prettier-ignore

/** Teams, and who reports to whom: what roles mean by "their teams'" and "those below them". */
export const TeamsPage = () => {
  const { _ } = useLingui();
  const [open, setOpen] = useState<{ team?: Team }>();
  const asked = useQuery({ queryKey: teamsKey, queryFn: () => teamsClient().list({}) });
  const lines = useQuery({ queryKey: linesKey, queryFn: () => teamsClient().lines({}) });
  const members = useQuery({ queryKey: memberKey, queryFn: () => colleagues().list({ limit: 200 }) }).data?.items ?? [];
  const manages = may("access.manage");
  useKeys(manages ? [{ keys: "c", label: _("New team"), group: _("Teams"), run: () => setOpen({}) }] : []);
  return (
    <Settings
      title={_("Teams")}
      lead={_("Who works together and who reports to whom: roles can reach as far as somebody's teams, or those below them.")}
      actions={manages && <Button onClick={() => setOpen({})}>{_("New team")}</Button>}
      wide
    >
      <Ask asked={asked}>
        {({ items }) => items.length === 0
          ? <div className="empty"><p>{_("No team yet.")}</p>{manages && <Button variant="default" onClick={() => setOpen({})}>{_("Make one")}</Button>}</div>
          : <ul className="rows">{items.map((team) => <Row key={team.id} team={team} members={members} onEdit={() => setOpen({ team })} />)}</ul>}
      </Ask>
      <section className="settings-part" aria-labelledby="lines">
        <h2 className="h" id="lines">{_("Reporting line")}</h2>
        <Ask asked={lines}>
          {({ items }) => <ul className="rows">{members.map((m) => <Line key={m.id} member={m} members={members} manager={items.find((l) => l.user_id === m.id)?.manager_id ?? ""} />)}</ul>}
        </Ask>
      </section>
      {open && <TeamDialog team={open.team} members={members} onClose={() => setOpen(undefined)} />}
    </Settings>
  );
}; // prettier-ignore
