import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { useLive } from "../../../kit/live.ts";
import { tell } from "../../../kit/notes.ts";
import { Page } from "../../../kit/Page.tsx";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { RecordForm } from "../../../kit/form/RecordForm.tsx";
import { FactList } from "../../../records/FactList.tsx";
import { andOwn, recordsOf } from "../../../records/record.ts";
import { Changes } from "../../../records/history/Changes.tsx";
import { Ask } from "../../../settings/Ask.tsx";
import { WriteBox, type Writing } from "../activities/WriteBox.tsx";
import { AnswerBy } from "./Due.tsx";
import { Episodes } from "./Episodes.tsx";
import { LeadActs } from "./LeadActs.tsx";
import { shownFacts, useAround } from "./LeadLook.tsx";
import { Score } from "./Score.tsx";
import { leadOf, useAgain, useLeadObject, useStatusWords, type Lead } from "./told.ts";
import { Chain } from "../../../timeline/Chain.tsx";
import "../../../customers/customers.css";
import "./leads.css";

const Status = ({ lead }: { lead: Lead }) => {
  const { _ } = useLingui();
  const { label, tone } = useStatusWords()(lead.status);
  return (
    <span className="line">
      <Link to="/leads" className="link">{_("Leads")}</Link>
      <span className="line" data-tone={tone}><span className="dot" /> {lead.converted_at ? _("Became an opportunity") : label}</span>
      <AnswerBy lead={lead} />
    </span>
  ); // prettier-ignore
};

const Body = ({ lead }: { lead: Lead }) => {
  const { _ } = useLingui();
  const object = useLeadObject();
  const around = useAround(lead.id);
  const cache = useQueryClient();
  const [writing, setWriting] = useState<Writing | null>(null);
  useLive("fact", (fact) => {
    if (fact.contact_id === lead.contact_id) void cache.invalidateQueries({ queryKey: ["leads"] });
  });
  if (!object) return null;
  return (
    <div className="lead">
      <div className="lead-side stack">
        <Ask asked={around}>{(told) => <Score told={told.score} />}</Ask>
        <FactList object={object} record={lead} only={andOwn(object, shownFacts)} />
      </div>
      <div className="lead-main stack">
        <LeadActs lead={lead} />
        {lead.message && (
          <section aria-label={_("Message")}>
            <h2 className="part-title">{_("What they wrote")}</h2>
            <blockquote className="lead-message">{lead.message}</blockquote>
          </section>
        )}
        {around.data && <WriteBox contactId={lead.contact_id} email={around.data.contact.email ?? undefined} part={writing} onPart={setWriting} />}
        <Link className="link" to="/contacts/$id" params={{ id: lead.contact_id }}>{_("Everything that happened with {name}", { name: lead.name })}</Link>
        {around.data && <Episodes told={around.data.episodes} />}
        <section aria-labelledby="changes">
          <h2 className="part-title" id="changes">{_("Changes")}</h2>
          <Changes plural="leads" object={object} record={lead} />
        </section>
      </div>
    </div>
  ); // prettier-ignore
};

/** One lead: what they asked, why it is hot, what was done, and what can be done now. */
export const LeadPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const object = useLeadObject();
  const navigate = useNavigate();
  const again = useAgain();
  const [editing, setEditing] = useState(false);
  const asked = useQuery({ queryKey: ["leads", "one", id], queryFn: ({ signal }) => leadOf(id, signal) });
  const lead = asked.data;
  if (!object) return null;
  const trash = async (): Promise<void> => {
    try {
      await recordsOf("leads").trash(id);
      done(_("{name} moved to the trash", { name: lead?.name ?? "" }), () =>
        recordsOf("leads").restore(id).then(again),
      );
      void again();
      void navigate({ to: "/leads" });
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  const actions = lead && !lead.deleted_at && (
    <>
      {may("leads.delete") && <Button variant="default" onClick={() => void trash()}>{_("Move to the trash")}</Button>}
      {may("leads.update") && <Button variant="default" onClick={() => setEditing(true)}>{_("Edit")}</Button>}
    </>
  ); // prettier-ignore
  return (
    <Page title={lead?.name ?? _(object.label)} note={lead ? <Status lead={lead} /> : undefined} actions={actions}>
      {lead && <Chain noun="lead" id={lead.id} of={lead} />}
      <Ask asked={asked}>
        {(found) => (
          <>
            {found.deleted_at && (
              <p className="note" data-tone="amber">
                {_("This lead is in the trash.")}
              </p>
            )}
            <Body key={found.id} lead={found} />
            {editing && <RecordForm object={object} record={found} onClose={() => setEditing(false)} />}
          </>
        )}
      </Ask>
    </Page>
  );
};
