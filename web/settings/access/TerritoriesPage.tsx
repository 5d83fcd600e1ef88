import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, objectOf } from "../../kit/boot.ts";
import { useKeys } from "../../kit/keys.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { Ask } from "../Ask.tsx";
import { Settings } from "../Settings.tsx";
import { sentence } from "../../records/filter/words.ts";
import { territoriesClient, territoriesKey, type Territory } from "./access.ts";
import { TerritoryDialog } from "./TerritoryDialog.tsx";
import "./access.css";

const Row = ({ territory, onEdit }: { territory: Territory; onEdit: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = (): Promise<void> => cache.invalidateQueries({ queryKey: territoriesKey });
  const object = objectOf(`${territory.object}s`);
  const remove = async (): Promise<void> => {
    try {
      await territoriesClient().remove({ id: territory.id });
      await again();
      done(_("{name} deleted", { name: territory.name }), () => territoriesClient().save(territory).then(again));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  return (
    <li>
      <span className="who fill">
        <strong><bdi>{territory.name}</bdi></strong>
        <span className="quiet small">{object ? `${_(object.label_plural)}: ${sentence(object, territory.condition)}` : territory.object}</span>
      </span>
      <span className="quiet small number">{_("{people, plural, one {# person} other {# people}}, {teams, plural, one {# team} other {# teams}}", { people: territory.people.length, teams: territory.teams.length })}</span>
      {may("access.manage") && (
        <>
          <Button variant="default" aria-label={_("Edit {name}", { name: territory.name })} onClick={onEdit}>{_("Edit")}</Button>
          <Button variant="default" aria-label={_("Delete {name}", { name: territory.name })} onClick={() => void remove()}>{_("Delete")}</Button>
        </>
      )}
    </li>
  );
}; // prettier-ignore

/** Territories: customers by a condition on their fields, given to people and teams. */
export const TerritoriesPage = () => {
  const { _ } = useLingui();
  const [open, setOpen] = useState<{ territory?: Territory }>();
  const asked = useQuery({ queryKey: territoriesKey, queryFn: () => territoriesClient().list({}) });
  const manages = may("access.manage");
  useKeys(manages ? [{ keys: "c", label: _("New territory"), group: _("Territories"), run: () => setOpen({}) }] : []);
  return (
    <Settings
      title={_("Territories")}
      lead={_("Customers by country, city, industry or any other field of theirs, given to people and teams. Their orders, cases and deals go with them.")}
      actions={manages && <Button onClick={() => setOpen({})}>{_("New territory")}</Button>}
      wide
    >
      <Ask asked={asked}>
        {({ items }) => items.length === 0
          ? <div className="empty"><p>{_("No territory yet.")}</p>{manages && <Button variant="default" onClick={() => setOpen({})}>{_("Make one")}</Button>}</div>
          : <ul className="rows">{items.map((territory) => <Row key={territory.id} territory={territory} onEdit={() => setOpen({ territory })} />)}</ul>}
      </Ask>
      {open && <TerritoryDialog territory={open.territory} onClose={() => setOpen(undefined)} />}
    </Settings>
  );
}; // prettier-ignore
