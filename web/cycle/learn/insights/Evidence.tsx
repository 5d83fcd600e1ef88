import { useLingui } from "@lingui/react";
import { count, money, percent } from "../../../kit/format.ts";
import { shortDay } from "../../../customers/days.ts";
import type { Evidence } from "./told.ts";

const useRows = (evidence: Evidence): readonly (readonly [string, string])[] => {
  const { _ } = useLingui();
  if (evidence.kind === "theme")
    return [
      [_("Customers"), count(evidence.people)],
      [_("Mentions"), count(evidence.mentions)],
      [_("Orders it is about"), count(evidence.orders)],
      [_("Per 100 orders"), evidence.base > 0 ? count((100 * evidence.mentions) / evidence.base) : "—"],
      [_("Refunded"), money(evidence.stake.refunded)],
      [_("Returned beyond that"), money(evidence.stake.returned)],
      [_("Lost deals"), money(evidence.stake.lost)],
      [_("They pay a year"), money(evidence.stake.customers)],
    ];
  if (evidence.kind === "link")
    return [
      [_("Move on"), evidence.rate === null ? "—" : percent(evidence.rate)],
      [_("Moved on, of those who stood there"), _("{moved} of {base}", { moved: count(evidence.moved), base: count(evidence.base) })],
      [_("Days until they moved"), evidence.median_days === null ? "—" : count(evidence.median_days)],
      [_("Stand still"), count(evidence.stuck)],
      [_("Who moved on pays a year"), evidence.yearly_each === null ? "—" : money(Math.round(evidence.yearly_each))],
    ];
  return [
    [_("Members"), count(evidence.members)],
    [_("They paid in a year"), money(evidence.paid)],
  ];
}; // prettier-ignore

/** The evidence as it was when the insight was found, and what the same question answers now. */
export const EvidenceTable = ({ then, now }: { then: Evidence; now?: Evidence | undefined }) => {
  const { _ } = useLingui();
  const frozen = useRows(then);
  const live = useRows(now ?? then);
  return (
    <div className="learn-scroll" tabIndex={0} role="region" aria-label={_("Evidence")}>
      <table className="learn-table">
        <caption className="unseen">{_("Evidence")}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col" className="number">{now ? _("When it was found") : _("Now")}</th>
            {now && <th scope="col" className="number">{_("Now")}</th>}
          </tr>
          <tr>
            <td />
            <td className="number quiet small">{_("{from} to {until}", { from: shortDay(then.from), until: shortDay(then.until) })}</td>
            {now && <td className="number quiet small">{_("{from} to {until}", { from: shortDay(now.from), until: shortDay(now.until) })}</td>}
          </tr>
        </thead>
        <tbody>
          {frozen.map(([label, value], i) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="number">{value}</td>
              {now && <td className="number">{live[i]?.[1]}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  ); // prettier-ignore
};

/** The evidence in one sentence: "31 people, 44 orders, €3,900 refunded in 90 days". */
export const useEvidenceWords = () => {
  const { _ } = useLingui();
  return (evidence: Evidence): string => {
    const days = Math.round((Date.parse(evidence.until) - Date.parse(evidence.from)) / 86_400_000);
    if (evidence.kind === "theme") {
      const said = _("{people, plural, one {# customer} other {# customers}}, {orders, plural, one {# order} other {# orders}}", { people: evidence.people, orders: evidence.orders });
      const back = evidence.stake.refunded + evidence.stake.returned;
      return back > 0 ? _("{said}, {amount} refunded or returned in {days} days", { said, amount: money(back), days }) : _("{said} in {days} days", { said, days });
    }
    if (evidence.kind === "link")
      return _("{rate} move on from {from} to {to}; {stuck} stand still ({days} days)", { rate: evidence.rate === null ? "—" : percent(evidence.rate), from: evidence.from_step, to: evidence.to_step, stuck: count(evidence.stuck), days });
    return _("{n, plural, one {# member} other {# members}} of “{segment}”, who paid {amount} in a year", { n: evidence.members, segment: evidence.segment, amount: money(evidence.paid) });
  }; // prettier-ignore
};
