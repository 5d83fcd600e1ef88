import { lazy, Suspense, useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import type { PanelProps } from "../../../customers/panels.tsx";
import { shortDay } from "../../../customers/days.ts";
import { recordsOf } from "../../../records/record.ts";
import { AnswerBy } from "./Due.tsx";
import { useStatusWords, type Lead } from "./told.ts";

const NewLead = lazy(async () => ({ default: (await import("./NewLead.tsx")).NewLead }));
const most = 3; // episodes

const Line = ({ lead, named }: { lead: Lead; named: boolean }) => {
  const { _ } = useLingui();
  const { label, tone } = useStatusWords()(lead.status);
  const said = lead.converted_at ? _("became an opportunity") : label;
  return (
    <li>
      <Link className="side-line line" to="/leads/$id" params={{ id: lead.id }}>
        <span className="fill clip" data-tone={tone}>
          <span className="dot" /> <bdi>{named ? lead.name : (lead.interest ?? lead.source)}</bdi> <span className="quiet small">{said} · {lead.score}</span>
        </span>
        <span className="quiet small number">{lead.responded_at || lead.status !== "open" ? shortDay(lead.asked_at) : <AnswerBy lead={lead} />}</span>
      </Link>
    </li>
  ); // prettier-ignore
};

/** The episodes of a customer as a lead, the newest first. */
export const LeadPanel = ({ contactId, accountId }: PanelProps) => {
  const { _ } = useLingui();
  const [adding, setAdding] = useState(false);
  const own = { field: contactId ? "contact_id" : "account_id", op: "is", value: contactId ?? accountId };
  const asked = useQuery({
    queryKey: ["leads", "of", contactId ?? accountId],
    queryFn: ({ signal }) => recordsOf("leads").list({ filter: own, sort: "-asked_at", limit: most }, signal),
    enabled: objectOf("leads") !== undefined && may("leads.read"),
  });
  if (!asked.data) return null;
  const all = asked.data.items as unknown as Lead[];
  const open = all.some((one) => one.status !== "disqualified" && !one.converted_at);
  const mayAdd = contactId !== undefined && !open && may("leads.create");
  if (all.length === 0 && !mayAdd) return null;
  return (
    <section aria-label={_("Lead")}>
      <h3 className="part-title line">
        <span className="fill">{_("Lead")}</span>
        {mayAdd && <Button size="compact-xs" variant="subtle" onClick={() => setAdding(true)}>{_("New")}</Button>}
      </h3>
      {all.length === 0 && <p className="quiet">{_("Never asked.")}</p>}
      <ul>{all.map((lead) => <Line key={lead.id} lead={lead} named={contactId === undefined} />)}</ul>
      {adding && contactId && <Suspense fallback={null}><NewLead contactId={contactId} onClose={() => setAdding(false)} /></Suspense>}
    </section>
  ); // prettier-ignore
};
