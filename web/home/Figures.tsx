import { Tooltip } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { count, money, percent } from "../kit/format.ts";
import { changeOf, type Cycle, type Figure, type FigureKey } from "./cycle.ts";

interface Shown {
  key: FigureKey;
  about: string;
  definition: string;
  /** Fewer is better: falling into danger. */
  less?: boolean;
}

const shown: readonly Shown[] = [
  { key: "identified", about: "became known", definition: "Customers who became known in the period." },
  { key: "customers", about: "ordered for the first time", definition: "Customers whose first order lies in the period." },
  { key: "paid_base", about: "paid", definition: "Received minus refunded in the period, in the company's currency." },
  { key: "at_risk", about: "became at risk", definition: "Customers who fell silent for longer than the rules allow, in the period.", less: true },
  { key: "recovered", about: "came back", definition: "Customers who were at risk or lapsed and moved back into the cycle in the period." },
]; // prettier-ignore

// From this many minor units on, a sum is said short; the whole stands in the definition.
const long = 10_000_000;
const said = (key: FigureKey, n: number, short = false): string =>
  key === "paid_base" ? money(n, undefined, short && Math.abs(n) >= long) : count(n);

const Change = ({ figure, less }: { figure: Figure; less: boolean }) => {
  const { _ } = useLingui();
  const change = changeOf(figure);
  if (change === null) return null;
  const sign = change > 0 ? "+" : change < 0 ? "−" : "±";
  return (
    <span className="small number figure-change" data-bad={(less ? change > 0 : change < 0) || undefined}>
      {sign}
      {percent(Math.abs(change))}
      <span className="unseen"> {_("against the equally long period before")}</span>
    </span>
  );
};

/** The figures of the period below the ring, each with its change and its definition one hover or focus away. */
export const Figures = ({ cycle, period }: { cycle: Cycle; period: string }) => {
  const { _ } = useLingui();
  return (
    <ul className="figures">
      {shown.map(({ key, about, definition, less = false }) => {
        const figure = cycle.totals[key];
        const more = _("{now} now, {before} in the equally long period before.", { now: said(key, figure.now), before: said(key, figure.before) }); // prettier-ignore
        return (
          <Tooltip key={key} label={`${_(definition)} ${more}`} multiline maw={280}>
            <li tabIndex={0}>
              <span className="line">
                <span className="figure-said number">{said(key, figure.now, true)}</span>
                <Change figure={figure} less={less} />
              </span>
              <span className="quiet">
                {_(about)} {period}
              </span>
              <span className="unseen">{_(definition)}</span>
            </li>
          </Tooltip>
        );
      })}
    </ul>
  );
};
