import { Tooltip } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { count, money, percent } from "../kit/format.ts";
import type { Cycle, Figure } from "./cycle.ts";

interface Shown {
  figure: Figure;
  said: string;
  about: string;
  definition: string;
}

/** The change against the former period as a share; null when there was nothing before to compare with. */
export const changeOf = ({ value, before }: Figure): number | null =>
  before === null || before === 0 ? null : (value - before) / before;

const Change = ({ figure }: { figure: Figure }) => {
  const { _ } = useLingui();
  const change = changeOf(figure);
  if (change === null) return null;
  const words = `${change > 0 ? "+" : change < 0 ? "−" : "±"}${percent(Math.abs(change))}`;
  return (
    <span className="small number figure-change" data-way={change < 0 ? "down" : "up"}>
      {words}
      <span className="unseen"> {_("against the period before")}</span>
    </span>
  );
};

/** The figures of the period below the ring, each with its change and its definition one hover or focus away. */
export const Figures = ({ cycle, period }: { cycle: Cycle; period: string }) => {
  const { _ } = useLingui();
  const { identified, paid_base, moves, repeat } = cycle.totals;
  const shown: Shown[] = [
    { figure: identified, said: count(identified.value), about: _("became known, {period}", { period }), definition: _("Customers whose first fact lies in the period.") },
    { figure: paid_base, said: money(paid_base.value), about: _("paid, {period}", { period }), definition: _("Received minus refunded in the period, in the company's currency.") },
    { figure: moves, said: count(moves.value), about: _("moves between stages"), definition: _("Every move of a customer from one stage to another in the period, forward, backward and sideways.") },
    { figure: repeat, said: count(repeat.value), about: _("ordered again"), definition: _("Customers with an order in the period who had ordered before.") },
  ]; // prettier-ignore
  return (
    <dl className="figures">
      {shown.map(({ figure, said, about, definition }) => (
        <Tooltip key={about} label={definition} multiline maw={280}>
          <div tabIndex={0}>
            <dd className="line">
              <span className="figure-said number">{said}</span> <Change figure={figure} />
            </dd>
            <dt className="quiet">
              {about}
              <span className="unseen">. {definition}</span>
            </dt>
          </div>
        </Tooltip>
      ))}
    </dl>
  );
};
