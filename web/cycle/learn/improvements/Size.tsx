import { useLingui } from "@lingui/react";
import { count } from "../../../kit/format.ts";
import { daysUntil } from "../../../customers/days.ts";
import type { Improvement, Plan } from "./told.ts";
import { figure } from "./words.ts";

type Told = NonNullable<Improvement["size"]>;

const useLong = () => {
  const { _ } = useLingui();
  return (days: number): string =>
    days < 60
      ? _("{n, plural, one {# day} other {# days}}", { n: days })
      : _("{n, plural, one {# month} other {# months}}", { n: Math.round(days / 30.4) });
};

/** How many people it takes and how long that lasts: said before the start, so that nobody waits for what cannot come. */
export const Size = ({ plan, size, until }: { plan: Plan; size: Told; until?: Date | undefined }) => {
  const { _ } = useLingui();
  const long = useLong();
  const { baseline, required, per_day, days_needed } = size;
  if (baseline.n === 0)
    return <p className="note" data-tone="amber">{_("Nobody met this in the baseline: nothing is known of what to expect, and the size cannot be said.")}</p>;
  const days = until ? Math.max(0, daysUntil(until.toISOString()) - plan.metric.days) : null;
  const short = days !== null && days_needed !== null && days + plan.metric.days < days_needed;
  return (
    <div className="stack">
      <p>
        {_("Baseline: {value} of {n, plural, one {# customer} other {# customers}}; about {per_day} new ones a day.", { value: figure(plan, baseline.mean), n: baseline.n, per_day: count(Math.round(per_day * 10) / 10) })}{" "}
        {required ? (
          <strong>{_("It takes {first} and {second} customers, about {long} at the present inflow.", { first: count(required[0]), second: count(required[1]), long: days_needed === null ? _("for ever") : long(days_needed) })}</strong>
        ) : <strong>{_("An effect this large is impossible from this baseline.")}</strong>}
      </p>
      {short && days !== null && <p className="note" data-tone="amber">{_("By the review about {n} will have come: it will most likely say “too early”.", { n: count(Math.round(days * per_day)) })}</p>}
    </div>
  );
}; // prettier-ignore
