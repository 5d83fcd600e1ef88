import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, objectOf, type DescribedObject } from "../kit/boot.ts";
import { Page } from "../kit/Page.tsx";
import { RecordForm } from "../kit/form/RecordForm.tsx";
import { useKeys } from "../kit/keys.ts";
import { done } from "../kit/undo.ts";
import { FactList } from "../records/FactList.tsx";
import { Changes } from "../records/history/Changes.tsx";
import { recordsOf, titleOf, type Rec } from "../records/record.ts";
import { Ask } from "../settings/Ask.tsx";
import { pathOf } from "../shell/places.ts";
import { NoObject, useOwn } from "./own.tsx";

// Tags stand beside the record, not below it.
const hasPage = (related: DescribedObject["related"][number]): boolean => objectOf(related.object)?.page !== false;

/** Records of another object that point here, the newest first; at most ten, the rest in its table. */
const Pointing = ({ related, id }: { related: DescribedObject["related"][number]; id: string }) => {
  const { _ } = useLingui();
  const there = objectOf(related.object);
  const filter = { field: related.by, op: "is", value: id };
  const asked = useQuery({
    queryKey: [there?.plural ?? "", "pointing", related.by, id],
    queryFn: ({ signal }) => recordsOf(there?.plural ?? "").list({ filter, limit: 10 }, signal),
    enabled: there !== undefined,
  });
  if (!there || !asked.data || asked.data.items.length === 0) return null;
  return (
    <section>
      <h2 className="h">{related.label}</h2>
      <ul className="rows">
        {asked.data.items.map((record) => <li key={record.id}><Link className="link" to={pathOf(there.name, record.id)}><bdi>{titleOf(there, record)}</bdi></Link></li>)}
      </ul>
      {asked.data.next && <Link className="link small" to={`/${there.plural}`} search={{ filter }}>{_("All of them")}</Link>}
    </section>
  );
}; // prettier-ignore

const Shown = ({ object, record }: { object: DescribedObject; record: Rec }) => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [editing, setEditing] = useState(false);
  const { plural } = object;
  const name = titleOf(object, record);
  const trashed = Boolean(record["deleted_at"]);
  const again = () => cache.invalidateQueries({ queryKey: [plural] });
  const trash = async (): Promise<void> => {
    await recordsOf(plural).trash(record.id);
    await again();
    done(_("{name} moved to the trash", { name }), () => recordsOf(plural).restore(record.id).then(again));
    void navigate({ to: `/${plural}` });
  };
  const edits = may(`${plural}.update`) && !trashed;
  useKeys(edits ? [{ keys: "e", label: _("Edit {name}", { name }), group: _("This record"), run: () => setEditing(true) }] : []);
  const actions = (
    <>
      {edits && <Button onClick={() => setEditing(true)}>{_("Edit")}</Button>}
      {may(`${plural}.delete`) && !trashed && <Button variant="default" onClick={() => void trash()}>{_("Move to the trash")}</Button>}
      {may(`${plural}.delete`) && trashed && <Button variant="default" onClick={() => void recordsOf(plural).restore(record.id).then(again)}>{_("Restore")}</Button>}
    </>
  );
  return (
    <Page title={name} note={<Link className="link" to={`/${plural}`}>{object.label_plural}</Link>} actions={actions} padded>
      {trashed && <p className="note" data-tone="amber">{_("This is in the trash.")}</p>}
      <FactList object={object} record={record} />
      {object.related.filter(hasPage).map((related) => <Pointing key={related.name} related={related} id={record.id} />)}
      <section>
        <h2 className="h">{_("History")}</h2>
        <Changes plural={plural} object={object} record={record} />
      </section>
      {editing && <RecordForm object={object} record={record} onClose={() => setEditing(false)} />}
    </Page>
  );
}; // prettier-ignore

/** One record of an object of one's own: its fields, what points to it, its history. */
export const OwnRecordPage = () => {
  const { _ } = useLingui();
  const object = useOwn();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const asked = useQuery({
    queryKey: [object?.plural ?? "", "one", id],
    queryFn: ({ signal }) => recordsOf(object?.plural ?? "").get(id, signal),
    enabled: object !== undefined,
  });
  if (!object) return <NoObject />;
  if (asked.data) return <Shown key={id} object={object} record={asked.data} />;
  return (
    <Page title={asked.isError ? _("Nothing here") : object.label} padded>
      <Ask asked={asked}>{() => null}</Ask>
    </Page>
  );
};
