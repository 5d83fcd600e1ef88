import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import type { Movement } from "#grow/loyalty";
import { dayIn, signed } from "./told.ts";
import "../worth/worth.css";

/** What an entry of the journal means, in words. */
const useSaid = () => {
  const { _ } = useLingui();
  return (m: Movement): string => {
    if (m.kind === "earned") return _("Earned");
    if (m.kind === "activated") return m.debt > 0 ? _("Became spendable; {n} repaid what was owed", { n: m.debt }) : _("Became spendable"); // prettier-ignore
    if (m.kind === "spent") return _("Reserved for a voucher");
    if (m.kind === "captured") return _("Voucher used");
    if (m.kind === "restored") return m.expired > 0 ? _("Came back; {n} of them had expired", { n: m.expired }) : _("Came back"); // prettier-ignore
    if (m.kind === "expired") return _("Expired");
    if (m.kind === "adjusted") return _("Taken away by hand");
    return m.debt < 0 ? _("Taken back; {n} are owed", { n: -m.debt }) : _("Taken back");
  };
};

/** The journal, newest first: every line moves points between accounts and sums to nothing. */
export const Movements = ({ movements, named }: { movements: readonly Movement[]; named: boolean }) => {
  const { _ } = useLingui();
  const said = useSaid();
  if (movements.length === 0) return <p className="quiet">{_("No points have moved yet.")}</p>;
  const columns = [_("Pending"), _("Available"), _("Owed"), _("Spent"), _("Expired")];
  return (
    <div className="worth-scroll">
      <table className="worth-table">
        <thead>
          <tr>
            <th scope="col">{_("Day")}</th>
            {named && <th scope="col">{_("Member")}</th>}
            <th scope="col">{_("What")}</th>
            {columns.map((word) => <th key={word} scope="col" className="number">{word}</th>)}
          </tr>
        </thead>
        <tbody>
          {movements.map((m) => (
            <tr key={m.id}>
              <td>{dayIn(m.at)}</td>
              {named && <td><Link className="link" to="/contacts/$id" params={{ id: m.contact_id }}><bdi>{m.name}</bdi></Link></td>}
              <td>{said(m)} {(m.number ?? m.reason) && <span className="quiet small"><bdi>{m.number ?? m.reason}</bdi></span>}</td>
              {[m.pending, m.available, m.debt, m.redeemed, m.expired].map((n, i) => <td key={columns[i]} className="number">{signed(n)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}; // prettier-ignore
