import { useLingui } from "@lingui/react";
import { count, percent } from "../../../kit/format.ts";
import type { Effect } from "#grow/retention";

/** What a play is worth: both groups with their shares, the difference with its interval, and what can be said of it. */
export const EffectOf = ({ effect }: { effect: Effect }) => {
  const { _ } = useLingui();
  const { treated, held_out, difference } = effect;
  const points = (share: number): string => `${share < 0 ? "−" : "+"}${(Math.abs(share) * 100).toFixed(1)}`;
  const words = {
    worked: _("It works: more of those who were treated came back."),
    worse: _("It does harm: fewer of those who were treated came back."),
    no_difference: _("No effect can be told: both groups came back about equally often."),
    little: _("Too early to say: it takes 20 ended runs in both groups."),
  };
  const tone = { worked: "green", worse: "red", no_difference: "gray", little: "gray" }[effect.verdict];
  const rows = [
    [_("Treated"), treated],
    [_("Left alone"), held_out],
  ] as const;
  return (
    <section aria-label={_("Effect")}>
      <p className="line" data-tone={tone}>
        <span className="dot" /> <strong>{words[effect.verdict]}</strong>
      </p>
      <table className="worth-table">
        <thead>
          <tr>
            <td />
            <th scope="col" className="number">{_("Ended")}</th>
            <th scope="col" className="number">{_("Ordered again")}</th>
            <th scope="col" className="number">{_("Share")}</th>
            <th scope="col" className="number">{_("95 % interval")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, side]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="number">{count(side.n)}</td>
              <td className="number">{count(side.saved)}</td>
              <td className="number">{side.n > 0 ? percent(side.saved / side.n, 1) : "–"}</td>
              <td className="number quiet">{side.n > 0 ? `${percent(side.rate.low, 1)} – ${percent(side.rate.high, 1)}` : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {treated.n > 0 && held_out.n > 0 && (
        <p className="quiet">
          {_("Difference {value} points, 95 % interval {low} to {high} (Newcombe).", { value: points(difference.value), low: points(difference.low), high: points(difference.high) })}
        </p>
      )}
    </section>
  ); // prettier-ignore
};
