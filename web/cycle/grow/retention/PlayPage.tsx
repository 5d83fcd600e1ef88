import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useParams } from "@tanstack/react-router";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { PlaysApi, RunTold } from "#grow/retention";
import { may, objectOf } from "../../../kit/boot.ts";
import { client } from "../../../kit/client.ts";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordForm } from "../../../kit/form/RecordForm.tsx";
import { FactList } from "../../../records/FactList.tsx";
import { recordsOf } from "../../../records/record.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { shortDay } from "../../../customers/days.ts";
import { EffectOf } from "./EffectOf.tsx";
import { Chain } from "../../../timeline/Chain.tsx";
import "../worth/worth.css";
import { useOutcome } from "./outcome.ts";

const plays = () => client<PlaysApi>("plays");

const Run = ({ run }: { run: RunTold }) => {
  const { _ } = useLingui();
  const { tone, said } = useOutcome()(run);
  const whose = run.contact_id ? (["/contacts/$id", run.contact_id] as const) : (["/accounts/$id", run.account_id ?? ""] as const);
  return (
    <tr>
      <th scope="row">
        <Link className="link" to={whose[0]} params={{ id: whose[1] }}><bdi>{run.customer}</bdi></Link>
      </th>
      <td>{shortDay(String(run.started_at))}</td>
      <td><bdi>{run.reason}</bdi></td>
      <td>{run.held_out ? <span className="quiet">{_("left alone")}</span> : run.task_id ? <Link className="link" to="/tasks/$id" params={{ id: run.task_id }}><bdi>{run.task_outcome ?? _("task open")}</bdi></Link> : _("treated")}</td>
      <td data-tone={tone}><span className="line"><span className="dot" /> {said}</span></td>
    </tr>
  );
}; // prettier-ignore

const Runs = ({ id }: { id: string }) => {
  const { _ } = useLingui();
  const asked = useInfiniteQuery({
    queryKey: ["plays", id, "runs"],
    queryFn: ({ pageParam }) => plays().runs({ id, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const runs = asked.data?.pages.flatMap((page) => page.items) ?? [];
  if (!asked.data) return null;
  if (runs.length === 0) return <p className="quiet">{_("No customer has met its trigger yet.")}</p>;
  return (
    <div className="worth-scroll">
      <table className="worth-table">
        <thead>
          <tr>
            {[_("Customer"), _("Since"), _("Why"), _("Done"), _("Outcome")].map((word) => <th key={word} scope="col">{word}</th>)}
          </tr>
        </thead>
        <tbody>{runs.map((run) => <Run key={run.id} run={run} />)}</tbody>
      </table>
      {asked.hasNextPage && <Button variant="default" onClick={() => void asked.fetchNextPage()}>{_("Show earlier")}</Button>}
    </div>
  ); // prettier-ignore
};

/** One play: what it does, what it is worth, and whom it was about. */
export const PlayPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const object = objectOf("plays");
  const [editing, setEditing] = useState(false);
  const asked = useQuery({ queryKey: ["plays", "one", id], queryFn: ({ signal }) => recordsOf("plays").get(id, signal) });
  const effect = useQuery({ queryKey: ["plays", id, "effect"], queryFn: () => plays().effect({ id }) });
  const mayEdit = may("plays.update") && asked.data !== undefined && !asked.data["deleted_at"];
  useKeys(mayEdit ? [{ keys: "e", label: _("Edit"), group: _("This play"), run: () => setEditing(true) }] : []);
  if (!object) return null;
  return (
    <Page title={typeof asked.data?.["name"] === "string" ? asked.data["name"] : _(object.label)} note={<Link to="/plays" className="link">{_(object.label_plural)}</Link>} actions={mayEdit && <Button onClick={() => setEditing(true)}>{_("Edit")}</Button>} padded>
      <Chain noun="play" id={id} />
      <Ask asked={asked}>
        {(record) => (
          <div className="worth-page">
            <FactList object={object} record={record} />
            {effect.data && <EffectOf effect={effect.data} />}
            <section aria-label={_("Runs")}>
              <h2 className="part-title">{_("Whom it was about")}</h2>
              <Runs id={id} />
            </section>
            {editing && <RecordForm object={object} record={record} onClose={() => setEditing(false)} />}
          </div>
        )}
      </Ask>
    </Page>
  );
}; // prettier-ignore
