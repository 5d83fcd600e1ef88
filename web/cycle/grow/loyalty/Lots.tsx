import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import type { LotTold } from "#grow/loyalty";
import { count } from "../../../kit/format.ts";
import { dayIn, lastDay } from "./told.ts";

const tones = { pending: "blue", active: "green", spent: "gray", expired: "gray", reversed: "red" } as const;

/** Why this balance: every lot of points with where it came from, what is left of it, and until when. */
export const Lots = ({ lots }: { lots: readonly LotTold[] }) => {
  const { _ } = useLingui();
  const said = (lot: LotTold): string =>
    lot.state === "pending" ? _("pending until {day}", { day: dayIn(lot.active_at) })
    : lot.state === "active" ? (lot.expires_at ? _("can be spent until {day}", { day: lastDay(lot.expires_at) }) : _("can be spent"))
    : lot.state === "spent" ? _("spent")
    : lot.state === "expired" ? _("expired")
    : _("taken back"); // prettier-ignore
  if (lots.length === 0) return <p className="quiet">{_("No points were earned yet.")}</p>;
  return (
    <div className="worth-scroll">
      <table className="worth-table">
        <thead>
          <tr>
            <th scope="col">{_("Earned")}</th>
            <th scope="col">{_("For")}</th>
            <th scope="col" className="number">{_("Points")}</th>
            <th scope="col" className="number">{_("Taken back")}</th>
            <th scope="col" className="number">{_("Left")}</th>
            <th scope="col">{_("State")}</th>
            <th scope="col" className="number">{_("Rules")}</th>
          </tr>
        </thead>
        <tbody>
          {lots.map((lot) => (
            <tr key={lot.id}>
              <td>{dayIn(lot.earned_at)}</td>
              <td>{lot.order_id ? <Link className="link" to="/orders/$id" params={{ id: lot.order_id }}>{_("Order {number}", { number: lot.number ?? "" })}</Link> : <bdi>{lot.reason ?? _("An order that is gone")}</bdi>}</td>
              <td className="number">{count(lot.original)}</td>
              <td className="number">{lot.reversed > 0 ? count(lot.reversed) : ""}</td>
              <td className="number">{count(lot.remaining)}</td>
              <td data-tone={tones[lot.state]}><span className="line"><span className="dot" /> {said(lot)}</span></td>
              <td className="number">{lot.rules}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}; // prettier-ignore
