import { useLingui } from "@lingui/react";
import type { Result } from "#learn/improvement";
import { count } from "../../../kit/format.ts";
import { IntervalPlot } from "./IntervalPlot.tsx";
import type { Plan } from "./told.ts";
import { armWords, difference, figure, isShare, relative, ruleWords } from "./words.ts";

const Arms = ({ plan, arms, required }: { plan: Plan; arms: Result["arms"]; required: Result["required"] }) => {
  const { _ } = useLingui();
  return (
    <div className="learn-scroll" tabIndex={0} role="region" aria-label={_("Both sides")}>
      <table className="learn-table">
        <thead>
          <tr>
            <td />
            <th scope="col" className="number">{_("Customers")}</th>
            <th scope="col" className="number">{_("Needed")}</th>
            {isShare(plan) && <th scope="col" className="number">{_("Of them")}</th>}
            <th scope="col" className="number">{isShare(plan) ? _("Share") : _("Mean")}</th>
            <th scope="col" className="number">{_("Days not over")}</th>
          </tr>
        </thead>
        <tbody>
          {arms.map((arm, i) => (
            <tr key={arm.name}>
              <th scope="row">{armWords(arm.name)}</th>
              <td className="number">{count(arm.n)}</td>
              <td className="number">{required ? count(required[i === 0 ? 0 : 1]) : "—"}</td>
              {isShare(plan) && <td className="number">{count(arm.k ?? 0)}</td>}
              <td className="number">{arm.value === null ? "—" : figure(plan, arm.value)}</td>
              <td className="number">{count(arm.waiting)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  ); // prettier-ignore
};

const Comparison = ({ plan, comparison }: { plan: Plan; comparison: NonNullable<Result["comparison"]> }) => {
  const { _ } = useLingui();
  const { ran_apart: apart, differs } = comparison;
  return (
    <>
      <h3 className="part-title">{_("Those it cannot reach, in the same time")}</h3>
      <Arms plan={plan} arms={comparison.arms} required={null} />
      {apart && (
        <p className={differs ? "note" : "quiet"} data-tone={differs ? "amber" : undefined}>
          {differs
            ? _("The two ran apart already before the start ({value} [{low}, {high}]): the comparison is not to be trusted.", { value: difference(plan, apart.value), low: difference(plan, apart.low), high: difference(plan, apart.high) })
            : _("Before the start the two ran alike ({value} [{low}, {high}]).", { value: difference(plan, apart.value), low: difference(plan, apart.low), high: difference(plan, apart.high) })}
        </p>
      )}
    </>
  );
}; // prettier-ignore

/** What a measurement found: both sides, the effect with its interval as a picture and as figures, and by which rule it was judged. */
export const Figures = ({ plan, result }: { plan: Plan; result: Result }) => {
  const { _ } = useLingui();
  const { effect, split } = result;
  return (
    <div className="stack">
      <Arms plan={plan} arms={result.arms} required={result.required} />
      {effect ? (
        <>
          <p className="lead">
            {_("Effect {value} [{low}, {high}]", { value: difference(plan, effect.value), low: difference(plan, effect.low), high: difference(plan, effect.high) })}
            {relative(effect) && <span className="quiet"> · {relative(effect)}</span>}
            <span className="quiet small"> · {_("interval of {n} %, p {p}", { n: count(effect.confidence * 100), p: effect.p < 0.001 ? "< 0.001" : `= ${count(Math.round(effect.p * 1000) / 1000)}` })}</span>
          </p>
          <IntervalPlot plan={plan} effect={effect} />
        </>
      ) : <p className="quiet">{_("Nobody's days are over yet on both sides.")}</p>}
      <p className={result.rule === "split" ? "note" : "quiet"} data-tone={result.rule === "split" ? "red" : undefined}>{ruleWords(result.rule)}</p>
      {split && <p className="quiet small">{_("Assigned: {treated} with the change, {held} held out; by chance alone a split this uneven has p = {p}. Everybody assigned counts, whatever became of them.", { treated: count(split.treated), held: count(split.held), p: count(Math.round(split.p * 1000) / 1000) })}</p>}
      {result.comparison && <Comparison plan={plan} comparison={result.comparison} />}
    </div>
  );
}; // prettier-ignore
