import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useParams } from "@tanstack/react-router";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordForm } from "../../../kit/form/RecordForm.tsx";
import { RelationPicker, type Pick } from "../../../kit/form/RelationPicker.tsx";
import { FactList } from "../../../records/FactList.tsx";
import { recordsOf, type Rec } from "../../../records/record.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { AnswersOf } from "./AnswersOf.tsx";
import { AskSegment } from "./AskSegment.tsx";
import { HeldOf } from "./HeldOf.tsx";
import { PreviewPane } from "./PreviewPane.tsx";
import { ScoreOf } from "./ScoreOf.tsx";
import { surveys } from "./told.ts";
import { TrendOf } from "./TrendOf.tsx";
import { Chain } from "../../../timeline/Chain.tsx";
import "./surveys.css";

const kindOf = (record: Rec): "nps" | "csat" => (record["kind"] === "csat" ? "csat" : "nps");

const Found = ({ record }: { record: Rec }) => {
  const { _ } = useLingui();
  const { id } = record;
  const [segment, setSegment] = useState<Pick | null>(null);
  const [score, setScore] = useState<number>();
  const within = segment ? { segment_id: segment.id } : {};
  const asked = useQuery({
    queryKey: ["surveys", id, "results", segment?.id],
    queryFn: () => surveys().results({ id, ...within }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className="survey-segment">
        <RelationPicker to="segment" label={_("Only those in a segment")} value={segment?.id ?? null} title={segment?.title} onPick={setSegment} />
      </div>
      <Ask asked={asked}>
        {(results) => (
          <>
            <ScoreOf results={results} chosen={score} onChoose={(to) => setScore(to === score ? undefined : to)} />
            {results.trend.length > 0 && <TrendOf results={results} />}
            <HeldOf id={id} results={results} />
          </>
        )}
      </Ask>
      <AnswersOf id={id} kind={kindOf(record)} segment={segment?.id} score={score} />
    </>
  );
}; // prettier-ignore

/** One survey: what it found in the last year, who answered what, who was not asked and why, and what customers see of it. */
export const SurveyPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const object = objectOf("surveys");
  const [open, setOpen] = useState<"edit" | "ask">();
  const asked = useQuery({ queryKey: ["surveys", "one", id], queryFn: ({ signal }) => recordsOf("surveys").get(id, signal) });
  const there = asked.data !== undefined && !asked.data["deleted_at"];
  const mayEdit = may("surveys.update") && there;
  const mayAsk = may("surveys.send") && there && asked.data["active"] === true;
  useKeys([
    ...(mayEdit ? [{ keys: "e", label: _("Edit"), group: _("This survey"), run: () => setOpen("edit") }] : []),
    ...(mayAsk ? [{ keys: "a", label: _("Ask a segment"), group: _("This survey"), run: () => setOpen("ask") }] : []),
  ]);
  if (!object) return null;
  const actions = (
    <>
      {mayAsk && <Button variant="default" onClick={() => setOpen("ask")}>{_("Ask a segment")}</Button>}
      {mayEdit && <Button onClick={() => setOpen("edit")}>{_("Edit")}</Button>}
    </>
  );
  return (
    <Page title={typeof asked.data?.["name"] === "string" ? asked.data["name"] : _(object.label)} note={<Link to="/surveys" className="link">{_(object.label_plural)}</Link>} actions={actions} padded>
      <Chain noun="survey" id={id} />
      <Ask asked={asked}>
        {(record) => (
          <div className="survey-page">
            <div className="survey-found"><Found record={record} /></div>
            <div className="survey-side">
              <FactList object={object} record={record} only={["kind", "trigger", "question", "follow_up", "delay_hours", "sample", "rest_days", "reminder_days", "active", "sent_count", "answer_count"]} />
              <PreviewPane id={record.id} version={record.version ?? 0} />
            </div>
            {open === "edit" && <RecordForm object={object} record={record} onClose={() => setOpen(undefined)} />}
            {open === "ask" && <AskSegment id={record.id} name={String(record["name"])} onClose={() => setOpen(undefined)} />}
          </div>
        )}
      </Ask>
    </Page>
  );
}; // prettier-ignore
