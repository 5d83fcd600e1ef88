import type { ReactNode } from "react";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { offers } from "../../../kit/client.ts";
import { count, money, percent, roughly, tenths } from "../../../kit/format.ts";
import { shortDay } from "../../../customers/days.ts";
import { FigureBox } from "../../../customers/FigureBox.tsx";
import type { PanelProps } from "../../../customers/panels.tsx";
import { predictions } from "./told.ts";

const toModel = (said: ReactNode) => <Link to="/predictions">{said}</Link>;

/** What a customer is expected to order in the next 12 months, with its interval; or that it cannot be told, and why. */
export const Expected = ({ contactId, accountId }: PanelProps) => {
  const { _ } = useLingui();
  const id = contactId ?? accountId ?? "";
  const asked = useQuery({
    queryKey: ["orders", "expected", id],
    queryFn: () => (contactId ? predictions().ofContact({ id }) : predictions().ofAccount({ id })),
    enabled: offers("predictions.ofContact") && may("contacts.read"),
  });
  const told = asked.data;
  if (!told || told.state === "none") return null;
  const { ahead } = told;
  if (!ahead) {
    const why = {
      "not-yet": _("The model is still to be learnt from your orders."),
      little: _("Not enough data: it takes 100 customers who ordered again, and a past long enough to test it on."),
      beaten: _("It cannot be told: on your own past, to say that everybody goes on as before came closer than the model."),
    }[told.state as "not-yet" | "little" | "beaten"];
    return <FigureBox said="–" about={told.state === "little" ? _("expected next 12 months: not enough data") : _("expected next 12 months: cannot be told")} definition={why} link={toModel} />;
  }
  const words = [
    _("{n} orders of {each} are expected in the next 12 months. For 80 of 100 customers with such a history the sum lies between {low} and {high}.", { n: tenths(ahead.orders), each: money(Math.round(ahead.each)), low: roughly(ahead.low), high: roughly(ahead.high) }),
    ...(told.still_there === null ? [] : [_("That they order ever again: {share}.", { share: percent(told.still_there) })]),
    _("Learnt from {n} customers on {day}, and tested on your own past.", { n: count(told.learnt_from), day: told.learnt_at ? shortDay(told.learnt_at) : "" }),
  ];
  return (
    <FigureBox
      said={roughly(ahead.value)}
      about={_("expected next 12 months [{low}–{high}]", { low: roughly(ahead.low, "bare"), high: roughly(ahead.high, "bare") })}
      definition={words.join(" ")}
      link={toModel}
    />
  );
}; // prettier-ignore
