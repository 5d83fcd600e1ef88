import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { shortDay } from "../../../customers/days.ts";
import { useStatusWords, type LeadAround, type LeadStatus } from "./told.ts";

/** The other times this person was a lead. */
export const Episodes = ({ told }: { told: LeadAround["episodes"] }) => {
  const { _ } = useLingui();
  const words = useStatusWords();
  if (told.length === 0) return null;
  return (
    <section aria-label={_("Earlier")}>
      <h3 className="part-title">{_("Other episodes")}</h3>
      <ul>
        {told.map((one) => {
          const { label, tone } = words(one.status as LeadStatus);
          return (
            <li key={one.id}>
              <Link className="side-line line" to="/leads/$id" params={{ id: one.id }}>
                <span className="fill clip">
                  <span className="dot" data-tone={tone} /> <bdi>{one.source}</bdi>{" "}
                  <span className="quiet small">{one.opportunity_id ? _("became an opportunity") : (one.reason ?? label)}</span>
                </span>
                <span className="quiet small number">{shortDay(String(one.asked_at))}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  ); // prettier-ignore
};
