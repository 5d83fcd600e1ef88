import { useLingui } from "@lingui/react";
import type { WorthTold } from "#grow/worth";
import { count, percent } from "../../../kit/format.ts";
import { shortDay } from "../../../customers/days.ts";

const five = [5, 4, 3, 2, 1] as const;

/** How far bands and recommendations could be believed before: what they said a quarter ago, and what happened since. */
export const Proof = ({ told }: { told: WorthTold }) => {
  const { _ } = useLingui();
  const { ranking, band_test } = told;
  const kinds = [
    ["recency", _("Recency")],
    ["frequency", _("Frequency")],
    ["money", _("Money")],
  ] as const;
  return (
    <>
      <h2 className="part-title">{_("Could it be believed before?")}</h2>
      {!band_test && <p className="quiet">{_("Not enough data: it takes half a year of orders and 30 customers to look back.")}</p>}
      {band_test && (
        <div className="worth-scroll">
          <table className="worth-table">
            <caption className="quiet small">
              {_("Of the customers in each fifth on {when}, the share who ordered in the 91 days after it.", { when: shortDay(band_test.cutoff) })}
            </caption>
            <thead>
              <tr>
                <td />
                {five.map((n) => <th key={n} scope="col" className="number">{n}</th>)}
              </tr>
            </thead>
            <tbody>
              {kinds.map(([what, label]) => (
                <tr key={what}>
                  <th scope="row">{label}</th>
                  {five.map((n) => {
                    const cell = band_test.rows.find((row) => row.what === what && row.band === n);
                    return <td key={n} className="number" title={cell ? _("{bought} of {n}", { bought: count(cell.bought), n: count(cell.n) }) : undefined}>{cell ? percent(cell.bought / cell.n) : "—"}</td>;
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {ranking ? (
        <p>
          {_("Recommendations learnt until {when} and tested on the {n, plural, one {# buyer} other {# buyers}} who bought something new since: {hit} bought one of the ten offered to them; of the ten most popular products it would have been {popular}.", { when: shortDay(ranking.cutoff), n: ranking.n, hit: percent(ranking.hit_rate), popular: percent(ranking.popular_hit_rate) })}
        </p>
      ) : (
        <p className="quiet">{_("Recommendations cannot be tested on the past yet: not enough data.")}</p>
      )}
    </>
  ); // prettier-ignore
};
