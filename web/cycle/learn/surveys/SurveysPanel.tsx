import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { PanelProps } from "../../../customers/panels.tsx";
import { shortDay } from "../../../customers/days.ts";
import { may } from "../../../kit/boot.ts";
import { offers } from "../../../kit/client.ts";
import { surveys, toneOf } from "./told.ts";

const shown = 3;

/** What a customer answered last, and which answers are still to come. */
export const SurveysPanel = ({ contactId, accountId }: PanelProps) => {
  const { _ } = useLingui();
  const id = contactId ?? accountId ?? "";
  const asked = useQuery({
    queryKey: ["surveys", "of", id],
    queryFn: () => (contactId ? surveys().ofContact({ id }) : surveys().ofAccount({ id })),
    enabled: offers("surveys.ofContact") && may("surveys.read"),
  });
  const { answers = [], pending = [] } = asked.data ?? {};
  if (answers.length + pending.length === 0) return null;
  return (
    <section aria-label={_("Surveys")}>
      <h3 className="part-title">{_("Surveys")}</h3>
      <ul>
        {answers.slice(0, shown).map((one) => (
          <li key={one.id}>
            <Link className="side-line line" to={one.case_id ? "/cases/$id" : "/surveys/$id"} params={{ id: one.case_id ?? one.survey_id }} data-tone={toneOf(one.kind, one.score)}>
              <span className="dot" />
              <span className="fill clip">
                {one.kind === "nps" ? _("NPS {score}", { score: one.score }) : _("CSAT {score} of 5", { score: one.score })}
                {accountId && <> · <bdi>{one.contact}</bdi></>}
                {one.comment && <span className="quiet"> · <bdi>“{one.comment}”</bdi></span>}
              </span>
              <span className="quiet small">{shortDay(String(one.at))}</span>
            </Link>
          </li>
        ))}
        {pending.slice(0, shown).map((one) => (
          <li key={one.id}>
            <Link className="side-line line" to="/surveys/$id" params={{ id: one.survey_id }} data-tone="gray">
              <span className="dot" />
              <span className="fill clip">{one.sent_at ? _("next score pending") : _("will be asked")}{accountId && <> · <bdi>{one.contact}</bdi></>}</span>
              <span className="quiet small">{one.sent_at ? _("asked {day}", { day: shortDay(String(one.sent_at)) }) : shortDay(String(one.due_at))}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  ); // prettier-ignore
};
