import { useState } from "react";
import { MultiSelect, NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Condition } from "#kernel/condition";
import { objectOf } from "../../kit/boot.ts";
import { count } from "../../kit/format.ts";
import { done } from "../../kit/undo.ts";
import { Dialog } from "../../cycle/deliver/Dialog.tsx";
import { FilterBar } from "../../records/filter/FilterBar.tsx";
import { memberKey, people } from "../people/people.ts";
import { teamsClient, teamsKey, territoriesClient, territoriesKey, type Territory } from "./access.ts";

const nothing = (): void => undefined;

/** How many customers are inside, while the condition is being made. */
const Inside = ({ object, condition }: { object: Territory["object"]; condition: Condition }) => {
  const { _ } = useLingui();
  const told = useQuery({ queryKey: ["territory-inside", object, condition], queryFn: () => territoriesClient().inside({ object, condition }) });
  if (!told.data) return <p className="quiet small" role="status">{told.isError ? _("This cannot be counted.") : _("Counting")}</p>;
  return <p className="small" role="status">{told.data.exact ? _("{n} inside", { n: count(told.data.count) }) : _("about {n} inside", { n: count(told.data.count) })}</p>;
}; // prettier-ignore

/** Makes a territory, or says anew who is inside and whose it is. */
export const TerritoryDialog = ({ territory, onClose }: { territory?: Territory | undefined; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [draft, setDraft] = useState<Omit<Territory, "id" | "version" | "condition"> & { condition: Condition | undefined }>(
    () => territory ?? { name: "", object: "account", condition: undefined, people: [], teams: [] },
  );
  const members = useQuery({ queryKey: memberKey, queryFn: () => people().list({ limit: 200 }) }).data?.items ?? [];
  const teams = useQuery({ queryKey: teamsKey, queryFn: () => teamsClient().list({}) }).data?.items ?? [];
  const again = (): Promise<void> => cache.invalidateQueries({ queryKey: territoriesKey });
  const put = (change: Partial<typeof draft>): void => setDraft((before) => ({ ...before, ...change }));
  const save = async (): Promise<void> => {
    const { name, object, people: whose, teams: theirs } = draft;
    const given = { name, object, people: whose, teams: theirs, condition: draft.condition ?? { all: [] } };
    if (territory) {
      const saved = await territoriesClient().save({ id: territory.id, version: territory.version, ...given });
      done(_("{name} changed", { name }), () => territoriesClient().save({ ...territory, version: saved.version }).then(again));
    } else {
      const { id } = await territoriesClient().create(given);
      done(_("{name} added", { name }), () => territoriesClient().remove({ id }).then(again));
    }
    await again();
  };
  const object = objectOf(`${draft.object}s`);
  return (
    <Dialog title={territory ? _("Edit {name}", { name: territory.name }) : _("New territory")} verb={territory ? _("Save") : _("Add")} size={560} fields={["name", "people"]} onSubmit={save} onClose={onClose}>
      {(errors) => (
        <>
          <TextInput data-autofocus label={_("Name")} withAsterisk maxLength={80} value={draft.name} error={errors["name"]} onChange={(event) => put({ name: event.currentTarget.value })} />
          <NativeSelect label={_("Takes in")} value={draft.object} data={[{ value: "account", label: _("Accounts, and their people") }, { value: "contact", label: _("Contacts") }]} onChange={(event) => put({ object: event.currentTarget.value as Territory["object"], condition: undefined })} />
          {object && (
            <div className="territory-filter">
              <FilterBar object={object} filter={draft.condition} onFilter={(condition) => put({ condition })} q="" onSearch={nothing} />
            </div>
          )}
          {draft.condition && <Inside object={draft.object} condition={draft.condition} />}
          <MultiSelect label={_("People")} searchable data={members.map((m) => ({ value: m.id, label: m.name }))} value={draft.people} error={errors["people"]} onChange={(chosen) => put({ people: chosen })} comboboxProps={{ withinPortal: false }} />
          <MultiSelect label={_("Teams")} searchable data={teams.map((t) => ({ value: t.id, label: t.name }))} value={draft.teams} onChange={(chosen) => put({ teams: chosen })} comboboxProps={{ withinPortal: false }} />
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore
