import { useState } from "react";
import { Button, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useParams } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { RelationPicker } from "../../../kit/form/RelationPicker.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { tell } from "../../../kit/notes.ts";
import { Page } from "../../../kit/Page.tsx";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { shortDay } from "../../../customers/days.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { Dialog } from "../../deliver/Dialog.tsx";
import { VerdictChip } from "../improvements/Verdict.tsx";
import { improvements } from "../improvements/told.ts";
import { wired } from "../wire.ts";
import { EvidenceTable, useEvidenceWords } from "./Evidence.tsx";
import { insights, type Insight } from "./told.ts";
import { Chain } from "../../../timeline/Chain.tsx";
import "../learn.css";

const People = ({ insight }: { insight: Insight }) => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["insights", "people", insight.id], queryFn: () => wired(insights().people({ id: insight.id })), enabled: insight.kind === "theme" });
  if (!asked.data) return null;
  const { items } = asked.data;
  return (
    <section aria-label={_("Who raised it")}>
      <h2 className="part-title">{_("{n, plural, one {# customer} other {# customers}} raised it", { n: items.length })}</h2>
      <ul className="said">
        {items.map((one) => (
          <li key={one.id} className="line">
            <span className="fill">
              <Link className="link" to="/contacts/$id" params={{ id: one.id }}><bdi>{one.name}</bdi></Link> {one.said && <q>{one.said}</q>}
              {one.later && <span className="quiet small"> {_("since it was found")}</span>}
            </span>
            <span className="quiet small number">{shortDay(one.said_at)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}; // prettier-ignore

const Improvements = ({ insight }: { insight: Insight }) => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["improvements", "board"], queryFn: () => wired(improvements().board({})) });
  const of = asked.data?.items.filter((one) => one.insight_id === insight.id) ?? [];
  return (
    <section aria-label={_("Improvements")}>
      <h2 className="part-title">{_("Improvements")}</h2>
      {of.length === 0 && <p className="quiet">{_("Nothing is done about it yet.")}</p>}
      <ul>
        {of.map((one) => (
          <li key={one.id}>
            <Link className="side-line line" to="/improvements/$id" params={{ id: one.id }}>
              <bdi className="fill clip">{one.name}</bdi> <VerdictChip state={one.state} verdict={one.verdict} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
};

const Edit = ({ insight, onClose }: { insight: Insight; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [name, setName] = useState(insight.name);
  const [statement, setStatement] = useState(insight.statement ?? "");
  const [owner, setOwner] = useState(insight.owner_id);
  const again = () => cache.invalidateQueries({ queryKey: ["insights"] });
  const save = async (): Promise<void> => {
    const { id, version } = insight;
    await insights().update({ id, version, name: name.trim(), statement: statement.trim() || null, owner_id: owner });
    done(_("Insight changed"), async () => {
      const now = await insights().get({ id });
      await insights().update({ id, version: now.version, name: insight.name, statement: insight.statement, owner_id: insight.owner_id });
      await again();
    });
    void again();
  };
  return (
    <Dialog title={_("Edit")} verb={_("Save")} fields={["name", "statement", "owner_id"]} onSubmit={save} onClose={onClose} size={560}>
      {(errors) => (
        <>
          <TextInput data-autofocus label={_("Insight")} withAsterisk value={name} maxLength={200} error={errors["name"]} onChange={(event) => setName(event.currentTarget.value)} />
          <Textarea label={_("Statement")} value={statement} maxLength={4000} autosize minRows={3} error={errors["statement"]} onChange={(event) => setStatement(event.currentTarget.value)} />
          <RelationPicker to="user" label={_("Owner")} value={owner} title={insight.owner ?? undefined} error={errors["owner_id"]} onPick={(picked) => setOwner(picked?.id ?? null)} />
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore

const Close = ({ insight, onClose }: { insight: Insight; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [reason, setReason] = useState("");
  const again = () => cache.invalidateQueries({ queryKey: ["insights"] });
  const save = async (): Promise<void> => {
    await insights().close({ id: insight.id, reason });
    done(_("Insight closed"), () => insights().reopen({ id: insight.id }).then(again));
    void again();
  };
  return (
    <Dialog title={_("Close the insight")} verb={_("Close it")} fields={["reason"]} onSubmit={save} onClose={onClose}>
      {(errors) => <TextInput data-autofocus label={_("Why")} withAsterisk value={reason} maxLength={500} error={errors["reason"]} onChange={(event) => setReason(event.currentTarget.value)} />}
    </Dialog>
  );
}; // prettier-ignore

const Found = ({ insight }: { insight: Insight }) => {
  const { _ } = useLingui();
  const words = useEvidenceWords();
  const days = Math.round((Date.parse(insight.evidence.until) - Date.parse(insight.evidence.from)) / 86_400_000);
  const now = useQuery({ queryKey: ["insights", "evidence", insight.about, days], queryFn: () => insights().evidence({ about: insight.about, days }), retry: false });
  return (
    <div className="learn-columns">
      <div className="stack">
        {insight.statement && <p>{insight.statement}</p>}
        <p className="lead">{words(insight.evidence)}</p>
        {insight.proposed && <p className="quiet small">{_("Proposed by Rondo: it rose more than chance explains.")}</p>}
        {insight.state === "closed" && <p className="note">{_("Closed: {reason}", { reason: insight.closed_reason ?? "" })}</p>}
        <EvidenceTable then={insight.evidence} now={now.data} />
        <p className="quiet small">{_("The first column is frozen: why we acted stays true, whatever the question answers later.")}</p>
        <People insight={insight} />
      </div>
      <aside className="stack">
        <Improvements insight={insight} />
        <section aria-label={_("About")}>
          <h2 className="part-title">{_("About")}</h2>
          {insight.theme_id && insight.evidence.kind === "theme" && <Link className="link" to="/themes/$id" params={{ id: insight.theme_id }}><bdi>{insight.evidence.theme}</bdi></Link>}
          {insight.segment_id && insight.evidence.kind === "segment" && <Link className="link" to="/segments/$id" params={{ id: insight.segment_id }}><bdi>{insight.evidence.segment}</bdi></Link>}
          {insight.evidence.kind === "link" && <Link className="link" to="/">{insight.evidence.from_step} → {insight.evidence.to_step} ({insight.evidence.lens})</Link>}
          <p className="quiet small">{_("Found {when}", { when: shortDay(insight.found_at) })}{insight.owner && <> · <bdi>{insight.owner}</bdi></>}</p>
        </section>
      </aside>
    </div>
  );
}; // prettier-ignore

/** One insight: what we know, why we believe it, who said so, and what is done about it. */
export const InsightPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const cache = useQueryClient();
  const [open, setOpen] = useState<"edit" | "close">();
  const asked = useQuery({ queryKey: ["insights", "one", id], queryFn: () => wired(insights().get({ id })) });
  const insight = asked.data;
  const mayEdit = may("insights.update") && insight !== undefined && !insight.deleted_at;
  useKeys(mayEdit ? [{ keys: "e", label: _("Edit"), group: _("This insight"), run: () => setOpen("edit") }] : []);
  const reopen = async (): Promise<void> => {
    try {
      await insights().reopen({ id });
      void cache.invalidateQueries({ queryKey: ["insights"] });
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  const state = objectOf("insights")?.fields.find((f) => f.name === "state")?.choices?.find((c) => c.value === insight?.state);
  return (
    <Page title={insight?.name ?? _("Insight")} padded
      note={<><Link to="/insights" className="link">{_("Insights")}</Link>{state && <span className="chip" data-tone={state.tone}><span className="dot" /> {_(state.label)}</span>}</>}
      actions={mayEdit && <>
        <Button variant="default" onClick={() => setOpen("edit")}>{_("Edit")}</Button>
        {insight.state === "closed"
          ? <Button variant="default" onClick={() => void reopen()}>{_("Open again")}</Button>
          : <Button variant="default" onClick={() => setOpen("close")}>{_("Close it…")}</Button>}
        {may("improvements.create") && insight.state !== "closed" && <Button renderRoot={(props) => <Link {...props} to="/improvements/new" search={{ insight: id }} />}>{_("Make an improvement")}</Button>}
      </>}>
      <Chain noun="insight" id={id} />
      <Ask asked={asked}>{(found) => <Found insight={found} />}</Ask>
      {insight && open === "edit" && <Edit insight={insight} onClose={() => setOpen(undefined)} />}
      {insight && open === "close" && <Close insight={insight} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}; // prettier-ignore
