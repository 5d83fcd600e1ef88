import type { ReactNode } from "react";
import { Tooltip } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import type { Condition } from "#kernel/condition";
import { count, money, percent } from "../kit/format.ts";
import { listOf, type SubjectKind } from "../customers/told.ts";
import { changeOf, type Cycle } from "./cycle.ts";

interface Shown {
  key: string;
  said: string;
  /** "+8 %", "−1.1 pt"; absent without anything to compare with. */
  change?: { said: string; bad: boolean } | undefined;
  about: string;
  definition: string;
  link?: (children: ReactNode) => ReactNode;
}

const signOf = (n: number): string => (n > 0 ? "+" : n < 0 ? "−" : "±");
// From this many minor units on, a sum is said short; the whole stands in the definition.
const long = 10_000_000;

const useShown = (cycle: Cycle, subject: SubjectKind, period: string): Shown[] => {
  const { _ } = useLingui();
  const ofTotal = (key: "identified" | "paid_base") => {
    const change = changeOf(cycle.totals[key]);
    return change === null ? undefined : { said: `${signOf(change)}${percent(Math.abs(change))}`, bad: change < 0 };
  };
  const list = (filter: Condition) => (children: ReactNode) => <Link {...listOf(subject, filter)}>{children}</Link>;
  const { identified, paid_base } = cycle.totals;
  const compared = (now: string, before: string): string => _("{now} now, {before} in the equally long period before.", { now, before }); // prettier-ignore
  const shown: Shown[] = [
    {
      key: "identified",
      said: count(identified.now),
      change: ofTotal("identified"),
      about: subject === "contact" ? _("new people identified {period}", { period }) : _("new accounts identified {period}", { period }),
      definition: `${_("Customers who became known in the period.")} ${compared(count(identified.now), count(identified.before))}`,
      link: list({ all: [{ field: "created_at", op: "gte", value: cycle.from }, { field: "created_at", op: "lt", value: cycle.until }] }),
    },
    {
      key: "paid",
      said: money(paid_base.now, undefined, Math.abs(paid_base.now) >= long),
      change: ofTotal("paid_base"),
      about: _("paid {period}", { period }),
      definition: `${_("Received minus refunded in the period, in the company's currency.")} ${compared(money(paid_base.now), money(paid_base.before))}`,
      link: (children) => <Link to="/orders" search={{ filter: { all: [{ field: "placed_at", op: "gte", value: cycle.from }, { field: "placed_at", op: "lt", value: cycle.until }] } }}>{children}</Link>,
    },
  ]; // prettier-ignore
  if (cycle.repeat && cycle.repeat.now.n > 0) {
    const { now, before, filter } = cycle.repeat;
    const [rate, former] = [now.again / now.n, before.n > 0 ? before.again / before.n : null];
    const points = former === null ? null : (rate - former) * 100;
    shown.push({
      key: "repeat",
      said: percent(rate, 1),
      change: points === null ? undefined : { said: _("{n} pt", { n: `${signOf(points)}${Math.abs(points).toFixed(1)}` }), bad: points < 0 },
      about: _("bought again within 6 months"),
      definition: _("Of {n} customers whose first order lies half a year before the period, {again} ordered again within 183 days.", { n: count(now.n), again: count(now.again) }),
      link: list(filter),
    }); // prettier-ignore
  }
  if (cycle.proved.finished > 0)
    shown.push({
      key: "proved",
      said: _("{n} of {all}", { n: count(cycle.proved.proved), all: count(cycle.proved.finished) }),
      about: _("improvements proved an effect"),
      definition: _("Improvements whose measurement ended in the period with the verdict “worked”, of all that ended."),
      link: (children) => <Link to="/improvements">{children}</Link>,
    });
  return shown;
};

/** The figures of the period below the ring, each with its change, its definition one hover or focus away, and the list behind it. */
export const Figures = ({ cycle, subject, period }: { cycle: Cycle; subject: SubjectKind; period: string }) => {
  const { _ } = useLingui();
  return (
    <ul className="figures">
      {useShown(cycle, subject, period).map(({ key, said, change, about, definition, link = (children) => children }) => (
        <Tooltip key={key} label={definition} multiline maw={280}>
          <li>
            {link(
              <>
                <span className="line">
                  <span className="figure-said number">{said}</span>
                  {change && (
                    <span className="small number figure-change" data-bad={change.bad || undefined}>
                      {change.said}
                      <span className="unseen"> {_("against the equally long period before")}</span>
                    </span>
                  )}
                </span>
                <span className="quiet">{about}</span>
                <span className="unseen">{definition}</span>
              </>,
            )}
          </li>
        </Tooltip>
      ))}
    </ul>
  ); // prettier-ignore
};
