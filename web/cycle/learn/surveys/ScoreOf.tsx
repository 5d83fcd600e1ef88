import { useLingui } from "@lingui/react";
import { count, percent } from "../../../kit/format.ts";
import { spoken, toneOf, type Results } from "./told.ts";

/** How the figure came about, one hover away. */
const useDefinition = (results: Results): string => {
  const { _ } = useLingui();
  return results.figures.kind === "nps"
    ? _("Share of 9 and 10 minus share of 0 to 6, of answers only, in points; ± half of the 95 % interval. Of one customer and month, or sending, the latest answer counts.")
    : _("Share of 4 and 5 on a scale of 1 to 5, with the 95 % interval of Wilson. Of one customer and month, or sending, the latest answer counts."); // prettier-ignore
};

const Shares = ({ results }: { results: Results }) => {
  const { _ } = useLingui();
  const { figures } = results;
  if (figures.n === 0) return null;
  if (figures.kind === "csat")
    return (
      <p className="quiet">
        {_("95 % interval {low} to {high}, mean {mean} of 5", { low: percent(figures.share!.low), high: percent(figures.share!.high), mean: (figures.mean ?? 0).toFixed(2) })}
      </p>
    ); // prettier-ignore
  const parts = [
    [_("promoters"), figures.promoters, "green"],
    [_("passives"), figures.passives, "gray"],
    [_("detractors"), figures.detractors, "red"],
  ] as const;
  return (
    <p className="survey-shares">
      {parts.map(([word, n, tone]) => (
        <span key={word} className="line" data-tone={tone}>
          <span className="dot" /> {percent(n / figures.n)} {word}
        </span>
      ))}
    </p>
  );
};

interface Props {
  results: Results;
  chosen: number | undefined;
  onChoose: (score: number) => void;
}

/** The figure with its interval, how many it rests on, and how often each score was given; a score is chosen to see who gave it. */
export const ScoreOf = ({ results, chosen, onChoose }: Props) => {
  const { _ } = useLingui();
  const { figures, distribution, sent, answered, response_rate: rate } = results;
  const most = Math.max(1, ...distribution.map((d) => d.n));
  const many = results.versions.filter((v) => v.n > 0);
  return (
    <section aria-label={_("Score")} className="stack">
      <div className="survey-figure">
        <strong className="survey-number number" title={useDefinition(results)}>{spoken(figures)}</strong>
        <span className="quiet">
          {figures.kind === "nps" ? _("NPS") : _("CSAT")} · {_("{n, plural, one {# answer} other {# answers}} in the last 365 days", { n: figures.n })}
        </span>
      </div>
      {results.few && <p className="note">{_("Fewer than {n} answers: this figure says little.", { n: results.enough })}</p>}
      <Shares results={results} />
      {rate && (
        <p className="quiet">
          {_("{answered} of {sent} who were asked answered: {share}, 95 % interval {low} to {high}.", { answered: count(answered), sent: count(sent), share: percent(rate.value), low: percent(rate.low), high: percent(rate.high) })}
          {results.waiting > 0 && ` ${_("{n, plural, one {# more waits} other {# more wait}} to be asked.", { n: results.waiting })}`}
        </p>
      )}
      {many.length > 1 && <p className="note">{_("Asked in {n} wordings; the trend compares only months with the same.", { n: many.length })}</p>}
      <ul className="survey-scores" aria-label={_("How often each score was given")}>
        {distribution.map(({ score, n }) => (
          <li key={score}>
            <button type="button" className="plain survey-score" data-tone={toneOf(figures.kind, score)} aria-pressed={chosen === score} onClick={() => onChoose(score)}>
              <span className="number quiet">{count(n)}<span className="unseen"> {_("answers of score")} </span></span>
              <span className="survey-bar" style={{ blockSize: `${Math.round((n / most) * 72)}px` }} />
              <span className="number">{score}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  ); // prettier-ignore
};
