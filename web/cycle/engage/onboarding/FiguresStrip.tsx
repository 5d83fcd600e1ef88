import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { count, percent } from "../../../kit/format.ts";
import { onboardings, type Figures } from "./told.ts";
import "./onboarding.css";

/** How onboardings of the last year do: time to first value, how many complete, and where they stand still. */
export const FiguresStrip = ({ plan }: { plan?: string }) => {
  const { _ } = useLingui();
  const asked = useQuery({
    queryKey: ["onboardings", "figures", plan ?? ""],
    queryFn: async (): Promise<Figures> => onboardings().figures(plan ? { plan_id: plan } : {}),
  });
  const found = asked.data;
  if (!found || found.started === 0) return null;
  const { value, completed, stuck } = found;
  const days = value.median_days === null ? null : Math.round(value.median_days * 10) / 10;
  return (
    <section className="onboarding-figures" aria-label={_("How onboardings do")}>
      <p>
        <strong className="number">{days === null ? "–" : _("{n, plural, one {# day} other {# days}}", { n: days })}</strong>
        <span className="quiet small">{_("median time to first value · {n} customers", { n: count(value.n) })}</span>
      </p>
      <p>
        <strong className="number">{completed.n === 0 ? "–" : percent(completed.rate.value)}</strong>
        <span className="quiet small">
          {completed.n === 0 ? _("completed; too early to say") : _("completed of {n} begun 30 days ago or earlier ({low} to {high})", { n: count(completed.n), low: percent(completed.rate.low), high: percent(completed.rate.high) })}
        </span>
      </p>
      <p>
        <strong className="number">{count(found.stalled)}</strong>
        <span className="quiet small">{_("stalled of {n} unfinished", { n: count(found.running) })}</span>
      </p>
      {stuck[0] && (
        <p>
          <strong className="clip"><bdi>{stuck[0].title}</bdi></strong>
          <span className="quiet small">{_("is where most stand: {n, plural, one {# customer} other {# customers}}", { n: stuck[0].people })}</span>
        </p>
      )}
    </section>
  ); // prettier-ignore
};
