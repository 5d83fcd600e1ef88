import type { ReactNode } from "react";
import { useLingui } from "@lingui/react";
import { count, money } from "../kit/format.ts";
import type { Rec } from "../records/record.ts";
import { FigureBox, type Figure } from "./FigureBox.tsx";
import { daysSince, shortDay } from "./days.ts";
import { figureIn } from "./values.ts";

interface WorthProps {
  record: Rec;
  /** Figures that modules know: what is expected, behind what was paid; how it stands with them, behind the usual gap. */
  expected?: ReactNode;
  standing?: ReactNode;
}

/** What a customer is worth: paid and expected, the usual gap between orders, how it stands with them, the last order, what came back. */
export const Worth = ({ record, expected, standing }: WorthProps) => {
  const { _ } = useLingui();
  const orders = figureIn(record, "order_count");
  const gap = record["usual_gap_days"];
  const last = record["last_order_at"];
  const returned = figureIn(record, "returned_total");
  const paid: Figure = {
    said: money(figureIn(record, "paid_total")),
    about: _("paid, {n, plural, =0 {no order yet} one {# order} other {# orders}}", { n: orders }),
    definition: _("Received minus refunded over all orders, in the company's currency."),
  };
  const pace: Figure[] = typeof gap === "number" ? [{
      said: _("{n} d", { n: count(Math.round(gap)) }),
      about: _("usual gap between orders"),
      definition: _("The median number of days between days with an order."),
    }] : []; // prettier-ignore
  const figures: Figure[] = [
    ...(typeof last === "string" ? [{
      said: _("{n} d", { n: count(daysSince(last)) }),
      about: _("since the last order, {day}", { day: shortDay(last) }),
      definition: _("Days since the newest order that was not cancelled."),
    }] : []),
    ...(returned > 0 ? [{
      said: money(returned),
      about: _("returned"),
      definition: _("The worth of goods that came back, in the company's currency."),
    }] : []),
  ]; // prettier-ignore
  return (
    <div className="worth">
      <FigureBox {...paid} />
      {expected}
      {pace.map((figure) => (
        <FigureBox key={figure.about} {...figure} />
      ))}
      {standing}
      {figures.map((figure) => (
        <FigureBox key={figure.about} {...figure} />
      ))}
    </div>
  );
};
