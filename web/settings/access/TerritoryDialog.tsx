import { Input, MultiSelect, NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Condition } from "#kernel/condition";
import { objectOf } from "../../kit/boot.ts";
import { useSetting } from "../../kit/form/useSetting.tsx";
import { count } from "../../kit/format.ts";
import { done } from "../../kit/undo.ts";
import { Dialog } from "../../cycle/deliver/Dialog.tsx";
import { FilterBar } from "../../records/filter/FilterBar.tsx";
import { sentence } from "../../records/filter/words.ts";
import { memberKey, people } from "../people/people.ts";
import { teamsClient, teamsKey, territoriesClient, territoriesKey, type Territory } from "./access.ts";

type Draft = Omit<Territory, "id" | "condition"> & { condition: Condition | undefined };
const fresh: Draft = { name: "", object: "account", condition: undefined, people: [], teams: [], version: 0 };
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
  const members = useQuery({ queryKey: memberKey, queryFn: () => people().list({ limit: 200 }) }).data?.items ?? [];
  const teams = useQuery({ queryKey: teamsKey, queryFn: () => teamsClient().list({}) }).data?.items ?? [];
  const again = (): Promise<void> => cache.invalidateQueries({ queryKey: territoriesKey });
  const namesOf = (all: readonly { id: string; name: string }[]) => (ids: readonly string[]): string => all.filter((one) => ids.includes(one.id)).map((one) => one.name).join(", ");
  const conditionWords = (condition: Condition | undefined): string => {
    const of = objectOf(`${draft.object}s`);
    return of && condition ? sentence(of, condition) : "";
  };
  const { values: draft, set: put, conflict, save } = useSetting<Draft>(territory ?? fresh, {
    parts: [
      { name: "name", label: _("Name") },
      { name: "object", label: _("Takes in"), say: (name: string) => _(objectOf(`${name}s`)?.label_plural ?? name) },
      { name: "condition", label: _("Who is inside"), say: conditionWords },
      { name: "people", label: _("People"), say: namesOf(members) },
      { name: "teams", label: _("Teams"), say: namesOf(teams) },
    ],
    read: async () => (await territoriesClient().list({})).items.find((one) => one.id === territory?.id),
  });
  const given = ({ name, object: of, people: whose, teams: theirs, condition }: Draft) => ({ name, object: of, people: whose, teams: theirs, condition: condition ?? { all: [] } });
  const write = async (changed: Partial<Draft>, onto: Draft): Promise<number> => {
    const { id } = territory!;
    const saved = await territoriesClient().save({ id, version: onto.version, ...given({ ...onto, ...changed }) });
    done(_("{name} changed", { name: draft.name }), () => territoriesClient().save({ id, version: saved.version, ...given(onto) }).then(again));
    await again();
    return saved.version;
  };
  const add = async (): Promise<void> => {
    const { id } = await territoriesClient().create(given(draft));
    done(_("{name} added", { name: draft.name }), () => territoriesClient().remove({ id }).then(again));
    await again();
  };
  const object = objectOf(`${draft.object}s`);
  return (
    <Dialog title={territory ? _("Edit {name}", { name: territory.name }) : _("New territory")} verb={territory ? _("Save") : _("Add")} size={560} fields={["name", "condition", "people"]} conflict={conflict} onSubmit={() => (territory ? save(write) : add())} onClose={onClose}>
      {(errors) => (
        <>
          <TextInput data-autofocus label={_("Name")} withAsterisk maxLength={80} value={draft.name} error={errors["name"]} onChange={(event) => put({ name: event.currentTarget.value })} />
          <NativeSelect label={_("Takes in")} value={draft.object} data={[{ value: "account", label: _("Accounts, and their people") }, { value: "contact", label: _("Contacts") }]} onChange={(event) => put({ object: event.currentTarget.value as Territory["object"], condition: undefined })} />
          {object && (
            <Input.Wrapper className="territory-filter" label={_("Who is inside")} labelElement="div" withAsterisk error={errors["condition"]}>
              <FilterBar object={object} filter={draft.condition} onFilter={(condition) => put({ condition })} q="" onSearch={nothing} />
            </Input.Wrapper>
          )}
          {draft.condition && <Inside object={draft.object} condition={draft.condition} />}
          <MultiSelect label={_("People")} searchable data={members.map((m) => ({ value: m.id, label: m.name }))} value={draft.people} error={errors["people"]} onChange={(chosen) => put({ people: chosen })} comboboxProps={{ withinPortal: false }} />
          <MultiSelect label={_("Teams")} searchable data={teams.map((t) => ({ value: t.id, label: t.name }))} value={draft.teams} onChange={(chosen) => put({ teams: chosen })} comboboxProps={{ withinPortal: false }} />
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore
