import { useLingui } from "@lingui/react";
import type { Effect } from "#learn/improvement";
import type { Plan } from "./told.ts";
import { difference } from "./words.ts";

const [width, height, edge] = [560, 76, 40];

/** The effect and its interval on a line, with nothing at all and the smallest effect that matters marked; the table beside it says the same. */
export const IntervalPlot = ({ plan, effect }: { plan: Pick<Plan, "metric" | "better" | "smallest">; effect: Effect }) => {
  const { _ } = useLingui();
  if (![effect.value, effect.low, effect.high].every(Number.isFinite)) return null;
  const turn = plan.better === "lower" ? -1 : 1;
  const wanted = turn * plan.smallest;
  const most = 1.15 * Math.max(Math.abs(effect.low), Math.abs(effect.high), plan.smallest);
  const x = (value: number): number => edge + ((value + most) / (2 * most)) * (width - 2 * edge);
  const proved = effect.low > 0 || effect.high < 0;
  const tone = proved ? (effect.value * turn > 0 ? "green" : "red") : undefined;
  const said = _("Effect {value}, from {low} to {high}", { value: difference(plan, effect.value), low: difference(plan, effect.low), high: difference(plan, effect.high) });
  const far = turn < 0 ? x(-most) : x(most);
  return (
    <svg className="interval-plot" data-tone={tone} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={said}>
      <rect className="smallest" x={Math.min(x(wanted), far)} y={14} width={Math.abs(far - x(wanted))} height={34} />
      <line className="axis" x1={edge} x2={width - edge} y1={48} y2={48} />
      <line className="zero" x1={x(0)} x2={x(0)} y1={10} y2={52} />
      <line className="range" x1={x(effect.low)} x2={x(effect.high)} y1={31} y2={31} />
      <circle cx={x(effect.value)} cy={31} r={6} />
      <text x={x(0)} y={66} textAnchor="middle">{_("no effect")}</text>
      <text x={far} y={66} textAnchor={turn < 0 ? "start" : "end"}>{_("what matters: {n}", { n: difference(plan, wanted) })}</text>
    </svg>
  );
}; // prettier-ignore
