import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { Field } from "#records";
import { may, objectOf, type DescribedObject } from "../kit/boot.ts";
import { request } from "../kit/client.ts";
import { instant } from "../kit/format.ts";
import { sentenceOf } from "../kit/problem.ts";
import { textOf } from "../records/cells.tsx";
import { fieldsOf, recordsOf, titleOf, type ListAnswer, type Rec } from "../records/record.ts";
import { textIn } from "./values.ts";
import { historyOf, type ChangeSet } from "./told.ts";

const actWords: Record<string, string> = { created: "added", updated: "changed", trashed: "moved to the trash", restored: "taken out of the trash" }; // prettier-ignore

const Named = ({ words, waiting }: { words: string | undefined; waiting: boolean }) => {
  const { _ } = useLingui();
  return <bdi>{words ?? (waiting ? "…" : _("somebody"))}</bdi>;
};

const Colleague = ({ id }: { id: string }) => {
  const people = useQuery({
    queryKey: ["people", "names"],
    queryFn: () => request<ListAnswer>("GET /people", { limit: 200 }),
    enabled: may("people.read"),
  });
  return (
    <Named
      words={
        textIn(
          people.data?.items.find((one) => one.id === id),
          "name",
        ) || undefined
      }
      waiting={people.isFetching}
    />
  );
};

const Pointed = ({ to, id }: { to: string; id: string }) => {
  const object = objectOf(to);
  const plural = object?.plural ?? "";
  const record = useQuery({
    queryKey: [plural, "one", id],
    queryFn: () => recordsOf(plural).get(id),
    enabled: object !== undefined,
    retry: false,
  });
  return <Named words={object && record.data ? titleOf(object, record.data) : undefined} waiting={record.isFetching} />;
};

const Value = ({ field, value }: { field: Field | undefined; value: unknown }) => {
  const { _ } = useLingui();
  if (value === null || value === undefined || value === "") return <span className="quiet">{_("empty")}</span>;
  if (field?.type === "user" && typeof value === "string") return <Colleague id={value} />;
  if (field?.type === "relation" && typeof value === "string") return <Pointed to={field.to ?? ""} id={value} />;
  if (!field || typeof value === "object")
    return <bdi>{typeof value === "string" ? value : JSON.stringify(value)}</bdi>;
  return <bdi>{textOf({ id: "", [field.name]: value }, field)}</bdi>;
};

const Set = ({ set, object }: { set: ChangeSet; object: DescribedObject }) => {
  const { _ } = useLingui();
  const fields = fieldsOf(object);
  // Columns without a label are Rondo's own and say nothing to people.
  const told = Object.entries(set.fields ?? {}).flatMap(([name, change]) => {
    const field = fields.find((one) => one.name === name);
    return field || name === "custom" ? [{ name, field, label: field ? _(field.label) : _("Own fields"), change }] : [];
  });
  return (
    <li className="change-set">
      <p>
        <bdi className="strong">{set.actor.name}</bdi> <span>{_(actWords[set.action] ?? set.action)}</span>
        {set.reason && <bdi className="quiet"> · {set.reason}</bdi>}
        <time className="quiet small number" dateTime={set.at}> {instant(set.at)}</time>
      </p>
      {told.length > 0 && (
        <dl className="change-fields">
          {told.map(({ name, field, label, change: [old, now] }) => (
            <div key={name}>
              <dt>{label}</dt>
              <dd>
                {set.action !== "created" && <><del><Value field={field} value={old} /></del> <span className="toward" aria-hidden>→</span><span className="unseen">{_("became")}</span> </>}
                <ins><Value field={field} value={now} /></ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  ); // prettier-ignore
};

/** Who changed what on the record, newest first: the field, the old value, the new one. */
export const Changes = ({ plural, object, record }: { plural: string; object: DescribedObject; record: Rec }) => {
  const { _ } = useLingui();
  const history = useQuery({
    queryKey: ["history", record.id, record.version ?? 0],
    queryFn: ({ signal }) => historyOf(plural, record.id, signal),
  });
  if (history.isError)
    return (
      <div className="empty" role="alert">
        <p>{sentenceOf(history.error)}</p>
        <Button variant="default" onClick={() => void history.refetch()}>
          {_("Try again")}
        </Button>
      </div>
    );
  if (history.data?.items.length === 0) return <p className="empty">{_("Nobody has changed this record.")}</p>;
  return (
    <ol className="changes">
      {history.data?.items.map((set) => (
        <Set key={`${set.set_id}${set.action}`} set={set} object={object} />
      ))}
    </ol>
  );
};
