import { useLingui } from "@lingui/react";
import type { Beat } from "#learn/insight";
import { count, date } from "../../../kit/format.ts";

const [width, height] = [96, 22];

const rateOf = (beat: Beat): number => (beat.orders > 0 ? (100 * beat.mentions) / beat.orders : 0);

/** Mentions per 100 orders over time, as a small line; its figures stand in the table beside or below it. */
export const Sparkline = ({ trend, tone }: { trend: readonly Beat[]; tone?: string | undefined }) => {
  const { _ } = useLingui();
  const rates = trend.map(rateOf);
  const most = Math.max(1, ...rates);
  const step = width / Math.max(1, rates.length - 1);
  const points = rates.map((r, i) => `${(i * step).toFixed(1)},${(height - 2 - (r / most) * (height - 4)).toFixed(1)}`);
  const last = rates.at(-1) ?? 0;
  return (
    <svg className="spark" data-tone={tone} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={_("Per 100 orders, from {first} to {last}", { first: count(rates[0] ?? 0), last: count(last) })}>
      <polyline points={points.join(" ")} />
    </svg>
  ); // prettier-ignore
};

/** The same as figures. */
export const TrendTable = ({ trend }: { trend: readonly Beat[] }) => {
  const { _ } = useLingui();
  return (
    <div className="learn-scroll" tabIndex={0} role="region" aria-label={_("Over time")}>
      <table className="learn-table">
        <thead>
          <tr>
            <th scope="col">{_("From")}</th>
            <th scope="col" className="number">{_("Mentions")}</th>
            <th scope="col" className="number">{_("Orders")}</th>
            <th scope="col" className="number">{_("Per 100 orders")}</th>
          </tr>
        </thead>
        <tbody>
          {trend.toReversed().map((beat) => (
            <tr key={beat.day}>
              <th scope="row">{date(beat.day)}</th>
              <td className="number">{count(beat.mentions)}</td>
              <td className="number">{count(beat.orders)}</td>
              <td className="number">{beat.orders > 0 ? count(rateOf(beat)) : "—"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  ); // prettier-ignore
};
