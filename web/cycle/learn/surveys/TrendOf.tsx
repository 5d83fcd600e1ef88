import { useLingui } from "@lingui/react";
import { count, locale } from "../../../kit/format.ts";
import { placed, spoken, type Results } from "./told.ts";

const [width, height, pad] = [640, 140, 12];

const monthName = (month: string): string =>
  new Date(`${month}-15T12:00:00Z`).toLocaleDateString(locale(), { month: "short", year: "2-digit", timeZone: "UTC" });

const toneOfChange = { up: "green", down: "red", chance: "gray" } as const;

const Picture = ({ trend }: { trend: Results["trend"] }) => {
  const { _ } = useLingui();
  const step = (width - 2 * pad) / Math.max(1, trend.length - 1);
  const x = (i: number): number => (trend.length === 1 ? width / 2 : pad + i * step);
  const y = (share: number): number => height - pad - share * (height - 2 * pad);
  const dots = trend.flatMap((point, i) => {
    const at = placed(point.figures);
    return at ? [{ point, x: x(i), y: y(at.at), low: y(at.low), high: y(at.high) }] : [];
  });
  // A line joins only months in which the same was asked.
  const lines = [...Map.groupBy(dots, (d) => d.point.question_version).values()];
  return (
    <svg className="survey-trend" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={_("Score by month, from {first} to {last}", { first: spoken(trend[0]!.figures), last: spoken(trend.at(-1)!.figures) })}>
      {trend[0]!.figures.kind === "nps" && <line className="survey-zero" x1={pad} x2={width - pad} y1={y(0.5)} y2={y(0.5)} />}
      {lines.map((line) => <polyline key={line[0]!.point.question_version} points={line.map((d) => `${d.x.toFixed(1)},${d.y.toFixed(1)}`).join(" ")} />)}
      {dots.map((d) => (
        <g key={`${d.point.month} ${d.point.question_version}`} data-tone={d.point.change ? toneOfChange[d.point.change] : "gray"}>
          <line x1={d.x} x2={d.x} y1={d.low} y2={d.high} />
          <circle cx={d.x} cy={d.y} r={4} />
        </g>
      ))}
    </svg>
  );
}; // prettier-ignore

/** Month by month with intervals; a change has a colour only where it is more than chance. */
export const TrendOf = ({ results }: { results: Results }) => {
  const { _ } = useLingui();
  const { trend } = results;
  const said = { up: _("better"), down: _("worse"), chance: _("within chance") };
  const versions = new Set(trend.map((p) => p.question_version)).size > 1;
  return (
    <section aria-label={_("By month")}>
      <h2 className="part-title">{_("By month")}</h2>
      <Picture trend={trend} />
      <details>
        <summary>{_("As a table")}</summary>
        <div className="survey-scroll" tabIndex={0} role="region" aria-label={_("By month")}>
          <table className="survey-table">
            <thead>
              <tr>
                <th scope="col">{_("Month")}</th>
                <th scope="col" className="number">{_("Score")}</th>
                <th scope="col" className="number">{_("Answers")}</th>
                <th scope="col">{_("Against the month before")}</th>
                {versions && <th scope="col" className="number">{_("Wording")}</th>}
              </tr>
            </thead>
            <tbody>
              {trend.toReversed().map((point) => (
                <tr key={`${point.month} ${point.question_version}`}>
                  <th scope="row">{monthName(point.month)}</th>
                  <td className="number">{spoken(point.figures)}</td>
                  <td className="number">{count(point.figures.n)}</td>
                  <td>
                    {point.change && (
                      <span className="line" data-tone={toneOfChange[point.change]}>
                        <span className="dot" /> {said[point.change]} {point.z !== null && <span className="quiet number">z {point.z.toFixed(2)}</span>}
                      </span>
                    )}
                  </td>
                  {versions && <td className="number">{point.question_version}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  ); // prettier-ignore
};
