import { Tooltip } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { count, money } from "../kit/format.ts";
import type { Rec } from "../records/record.ts";
import { daysSince, shortDay } from "./days.ts";
import { figureIn } from "./values.ts";

interface Figure {
  said: string;
  about: string;
  definition: string;
}

/** A figure with what it is below and its definition one hover or focus away. */
export const FigureBox = ({ said, about, definition }: Figure) => (
  <Tooltip label={definition} multiline maw={280}>
    <div className="worth-figure" tabIndex={0} aria-label={`${said} ${about}. ${definition}`} role="group">
      <span className="worth-said number">{said}</span>
      <span className="quiet small">{about}</span>
    </div>
  </Tooltip>
);

/** What a customer is worth: paid, the usual gap between orders, the last order, what came back. */
export const Worth = ({ record }: { record: Rec }) => {
  const { _ } = useLingui();
  const orders = figureIn(record, "order_count");
  const gap = record["usual_gap_days"];
  const last = record["last_order_at"];
  const returned = figureIn(record, "returned_total");
  const figures: Figure[] = [
    {
      said: money(figureIn(record, "paid_total")),
      about: _("paid, {n, plural, =0 {no order yet} one {# order} other {# orders}}", { n: orders }),
      definition: _("Received minus refunded over all orders, in the company's currency."),
    },
    ...(typeof gap === "number" ? [{
      said: _("{n} d", { n: count(Math.round(gap)) }),
      about: _("usual gap between orders"),
      definition: _("The median number of days between days with an order."),
    }] : []),
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
      {figures.map((figure) => (
        <FigureBox key={figure.about} {...figure} />
      ))}
    </div>
  );
};
