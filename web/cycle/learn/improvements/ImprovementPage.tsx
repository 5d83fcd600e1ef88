import { useState } from "react";
import { useLingui } from "@lingui/react";
import { Link, useParams } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { count, money, percent } from "../../../kit/format.ts";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { shortDay } from "../../../customers/days.ts";
import { factLabel } from "../../../records/filter/fact-words.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { sentence } from "../../../records/filter/words.ts";
import { useSegments } from "../../../records/condition/SegmentEditor.tsx";
import { wired } from "../wire.ts";
import { Acts } from "./Acts.tsx";
import { Announce } from "./Announce.tsx";
import { DraftForm } from "./EditPage.tsx";
import { Figures } from "./Figures.tsx";
import { Size } from "./Size.tsx";
import { improvements, type Improvement, type Plan, type Result } from "./told.ts";
import { VerdictChip } from "./Verdict.tsx";
import { difference, metricWords } from "./words.ts";
import { Chain } from "../../../timeline/Chain.tsx";
import "../learn.css";

const Design = ({ it }: { it: Improvement }) => {
  const { _ } = useLingui();
  const contact = objectOf("contact");
  const plan = it.plan as Plan;
  const { design } = plan;
  const turn = plan.better === "lower" ? -1 : 1;
  const when = (condition: Plan["scope"]): string => (condition && contact ? sentence(contact, condition) : _("everybody"));
  const rows = [
    [_("For whom"), _("{who}, from the first time this happens: {fact}", { who: when(plan.scope), fact: factLabel(plan.exposure.fact) })],
    [_("Counted"), metricWords(plan)],
    [_("Better is"), plan.better === "lower" ? _("less") : _("more")],
    [_("Smallest effect that matters"), difference(plan, turn * plan.smallest)],
    [_("Compared"), design.kind === "randomised"
      ? _("Randomised: {share} get it, the others are held out", { share: percent(design.treated) })
      : design.comparison ? _("Before and after, against {who}: observational", { who: when(design.comparison) }) : _("Before and after: observational")],
    ...(it.cost_amount === null ? [] : [[_("Cost"), money(it.cost_amount)]]),
  ] as const;
  return (
    <section aria-label={_("Design")}>
      <h2 className="part-title">{it.state === "draft" ? _("Design") : _("Design, frozen at the start")}</h2>
      <dl className="stake">{rows.map(([label, value]) => <div key={label} className="line"><dt className="quiet">{label}</dt><dd className="fill">{value}</dd></div>)}</dl>
    </section>
  );
}; // prettier-ignore

const History = ({ it }: { it: Improvement }) => {
  const { _ } = useLingui();
  if (it.measurements.length < 2) return null;
  return (
    <section aria-label={_("Measured before")}>
      <h2 className="part-title">{_("Measured before")}</h2>
      <ul>
        {it.measurements.slice(1).map((one) => (
          <li key={one.id} className="line">
            <span className="fill"><VerdictChip state={it.state} verdict={one.verdict} /></span>
            <span className="quiet small number">{_("n = {a} against {b}", { a: count(one.result.arms[0].n), b: count(one.result.arms[1].n) })} · {shortDay(one.at)}</span>
          </li>
        ))}
      </ul>
    </section>
  ); // prettier-ignore
};

const Side = ({ it }: { it: Improvement }) => {
  const { _ } = useLingui();
  return (
    <aside className="stack">
      <section aria-label={_("Because of")}>
        <h2 className="part-title">{_("Because of")}</h2>
        {it.insight ? <Link className="link" to="/insights/$id" params={{ id: it.insight.id }}><bdi>{it.insight.name}</bdi></Link> : <p className="quiet">{_("No insight")}</p>}
        {it.repeats && <p className="quiet small">{_("Follows")} <Link className="link" to="/improvements/$id" params={{ id: it.repeats.id }}><bdi>{it.repeats.name}</bdi></Link></p>}
        {it.repeated_by.map((one) => <p key={one.id} className="quiet small">{_("Followed by")} <Link className="link" to="/improvements/$id" params={{ id: one.id }}><bdi>{one.name}</bdi></Link></p>)}
        {it.owner && <p className="quiet small">{_("Owner")}: <bdi>{it.owner}</bdi></p>}
      </section>
      {it.conditions && it.state !== "draft" && (
        <section aria-label={_("Who has it")}>
          <h2 className="part-title">{_("Who has it")}</h2>
          <ul>
            {it.treated_segment_id && <li><Link className="side-line line" to="/segments/$id" params={{ id: it.treated_segment_id }}>{_("With the change")}</Link></li>}
            {it.held_segment_id && <li><Link className="side-line line" to="/segments/$id" params={{ id: it.held_segment_id }}>{_("Held out")}</Link></li>}
          </ul>
          <p className="quiet small">{_("Leave the held-out people alone: campaigns, plays and lists can ask for these segments.")}</p>
        </section>
      )}
      <History it={it} />
    </aside>
  );
}; // prettier-ignore

const Measured = ({ it }: { it: Improvement }) => {
  const { _ } = useLingui();
  const plan = it.plan as Plan;
  const last = it.measurements[0];
  const result = (it.now ?? last?.result) as Result | undefined;
  if (it.state === "draft" || !result) return null;
  return (
    <section aria-label={_("Effect")}>
      <h2 className="part-title">
        {it.now ? _("How it stands, without a verdict until {when}", { when: it.review_at ? shortDay(it.review_at) : "" }) : _("Measured on {when}", { when: last ? shortDay(last.at) : "" })}
        {plan.design.kind === "before_after" && <span className="chip" data-tone="amber"><span className="dot" /> {_("observational")}</span>}
      </h2>
      <Figures plan={plan} result={result} />
    </section>
  );
}; // prettier-ignore

const Told = ({ it }: { it: Improvement }) => {
  const { _ } = useLingui();
  return (
    <div className="learn-columns">
      <div className="stack">
        {it.hypothesis && <p className="lead">{it.hypothesis}</p>}
        {it.state === "stopped" && <p className="note">{_("Stopped: {reason}", { reason: it.stop_reason ?? "" })}</p>}
        {it.next_step && <p className="quiet">{_("Decided: {step}", { step: _({ keep: "keep it", stop: "stop it", change: "change it and try again", repeat: "repeat it" }[it.next_step]) })}</p>}
        <Measured it={it} />
        <Design it={it} />
        {it.size && (
          <section aria-label={_("Size")}>
            <h2 className="part-title">{_("The size it takes, as known at the start")}</h2>
            <Size plan={it.plan as Plan} size={it.size} until={it.state === "running" && it.review_at ? new Date(it.review_at) : undefined} />
          </section>
        )}
        <Announce it={it} />
      </div>
      <Side it={it} />
    </div>
  );
}; // prettier-ignore

/** One improvement: its hypothesis, how it is known, what came of it, and who is told. */
export const ImprovementPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const [editing, setEditing] = useState(false);
  const asked = useQuery({ queryKey: ["improvements", "one", id], queryFn: () => wired(improvements().get({ id })) as Promise<Improvement> });
  useSegments();
  const it = asked.data;
  const mayEdit = may("improvements.update") && it?.state === "draft" && !it.deleted_at;
  useKeys(mayEdit ? [{ keys: "e", label: _("Edit"), group: _("This improvement"), run: () => setEditing(true) }] : []);
  return (
    <Page title={it?.name ?? _("Improvement")} padded
      note={<><Link to="/improvements" className="link">{_("Improvements")}</Link> {it && <VerdictChip state={it.state} verdict={it.verdict} />}</>}
      actions={it && !editing && <Acts it={it} onEdit={() => setEditing(true)} />}>
      <Chain noun="improvement" id={id} />
      <Ask asked={asked}>
        {(found) => editing && found.state === "draft"
          ? <DraftForm draft={found} onSaved={() => setEditing(false)} />
          : <Told it={found} />}
      </Ask>
    </Page>
  );
}; // prettier-ignore
