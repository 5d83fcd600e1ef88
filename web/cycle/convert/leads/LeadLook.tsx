import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { FactList } from "../../../records/FactList.tsx";
import { andOwn } from "../../../records/record.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { AnswerBy } from "./Due.tsx";
import { Episodes } from "./Episodes.tsx";
import { LeadActs } from "./LeadActs.tsx";
import { Score } from "./Score.tsx";
import { leads, useLeadObject, type Lead } from "./told.ts";
import "./leads.css";

export const shownFacts = ["status", "contact_id", "account_id", "company", "owner_id", "source", "interest", "asked_at", "asks", "first_response_due", "responded_at", "unqualified_reason", "recycle_at", "qualified_at", "converted_at", "opportunity_id"]; // prettier-ignore

/** What surrounds a lead: its score and the person's other episodes. */
export const useAround = (id: string) =>
  useQuery({ queryKey: ["leads", "around", id], queryFn: () => leads().around({ id }) });

/** A look at a lead at the side: what they wrote, why it is hot, what can be done. */
export const LeadLook = ({ lead }: { lead: Lead }) => {
  const { _ } = useLingui();
  const object = useLeadObject();
  const around = useAround(lead.id);
  if (!object) return null;
  return (
    <div className="stack">
      <AnswerBy lead={lead} />
      <LeadActs key={lead.id} lead={lead} />
      {lead.message && <blockquote className="lead-message">{lead.message}</blockquote>}
      <Link className="link" to="/contacts/$id" params={{ id: lead.contact_id }}>
        {_("All about {name}", { name: lead.name })}
      </Link>
      <Ask asked={around}>
        {(told) => (
          <>
            <Score told={told.score} />
            <Episodes told={told.episodes} />
          </>
        )}
      </Ask>
      <FactList object={object} record={lead} only={andOwn(object, shownFacts)} />
    </div>
  );
};
