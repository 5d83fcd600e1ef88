import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { ExplainedNode } from "#kernel/condition";
import { instant } from "../../kit/format.ts";
import { shortDay } from "../../customers/days.ts";
import { factLabel } from "../../records/filter/fact-words.ts";
import { Ask } from "../../settings/Ask.tsx";
import { segments } from "./told.ts";
import "./attract.css";

const Line = ({ node }: { node: ExplainedNode }) => {
  const { _ } = useLingui();
  return (
    <li>
      <span aria-hidden>{node.truth ? "✓" : "✕"}</span>{" "}
      <span className={node.truth ? undefined : "strong"}>{node.text}</span>
      {!node.truth && <span className="small quiet"> {_("does not hold")}</span>}
      {node.children.length > 0 && (
        <ul>
          {node.children.map((child, i) => (
            <Line key={i} node={child} />
          ))}
        </ul>
      )}
    </li>
  );
};

/** Why a contact is, or is not, in a segment: the condition line by line, and the facts it rests on. */
export const WhyIn = ({ segment, contact }: { segment: string; contact: string }) => {
  const { _ } = useLingui();
  const asked = useQuery({
    queryKey: ["segments", "why", segment, contact],
    queryFn: () => segments().why({ id: segment, contact_id: contact }),
  });
  return (
    <section className="segment-why" aria-label={_("Why")}>
      <h3 className="part-title">{_("Why")}</h3>
      <Ask asked={asked}>
        {({ member, entered_at, tree, evidence }) => (
          <>
            <p>{member && entered_at ? _("In the segment since {when}.", { when: instant(String(entered_at)) }) : _("Not in the segment.")}</p>
            {tree ? <ul><Line node={tree} /></ul> : <p className="quiet">{_("Chosen by hand.")}</p>}
            {evidence.length > 0 && (
              <ul aria-label={_("Evidence")}>
                {evidence.slice(-8).toReversed().map((fact) => <li key={fact.id} className="small">{factLabel(fact.name)} <span className="quiet number">{shortDay(String(fact.occurred_at))}</span></li>)}
              </ul>
            )}
          </>
        )}
      </Ask>
    </section>
  ); // prettier-ignore
};
