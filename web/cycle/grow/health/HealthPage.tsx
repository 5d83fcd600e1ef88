import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { HealthOverview } from "#grow/health";
import { count, instant, money, percent } from "../../../kit/format.ts";
import { Page } from "../../../kit/Page.tsx";
import { sentenceOf } from "../../../kit/problem.ts";
import { health, measureWord } from "./told.ts";
import "../worth/worth.css";

const Told = ({ told }: { told: HealthOverview }) => {
  const { _ } = useLingui();
  const auc = (share: number | null): string => (share === null ? "–" : percent(share));
  return (
    <section aria-label={_("Could it be believed before?")}>
      <h2 className="part-title">{_("Could it be believed before?")}</h2>
      {told.auc.score === null ? (
        <p className="quiet">{_("Not enough data: it takes a quarter of a year, and 20 customers each who ordered since and who did not.")}</p>
      ) : (
        <>
          <p>{_("Of two customers, of whom one ordered within the last 91 days, that one had the better score a quarter ago in {share} of cases. At 50 % it tells nothing. Looked at: {n} customers.", { share: auc(told.auc.score), n: count(told.tested) })}</p>
          <div className="worth-scroll">
            <table className="worth-table">
              <caption className="quiet small">{_("Each measure alone")}</caption>
              <tbody>
                {told.auc.measures.map((measure) => (
                  <tr key={measure.name}>
                    <th scope="row">{measureWord(measure.name)}</th>
                    <td className="number">{auc(measure.auc)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  ); // prettier-ignore
};

/** How it stands with all customers: how many well and badly, with whom worst, and how far that could be believed. */
export const HealthPage = () => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["health"], queryFn: () => health().told({}), refetchInterval: 30_000 });
  const told = asked.data;
  const seen = told ? told.bands.good + told.bands.fair + told.bands.poor : 0;
  return (
    <Page title={_("Health")} note={told?.ran_at ? <span className="quiet">{_("looked at {when}", { when: instant(told.ran_at) })}</span> : undefined} padded>
      {asked.isError && (
        <div className="empty" role="alert">
          <p>{sentenceOf(asked.error)}</p>
          <Button onClick={() => void asked.refetch()}>{_("Try again")}</Button>
        </div>
      )}
      {told && seen === 0 && <p className="empty">{_("Nobody was looked at yet. Once a day, from the first order on, Rondo looks how it stands with every customer.")}</p>}
      {told && seen > 0 && (
        <div className="worth-page">
          <section aria-label={_("How it stands")}>
            <h2 className="part-title">{_("How it stands with {n, plural, one {# customer} other {# customers}}", { n: seen })}</h2>
            <ul>
              <li className="chip" data-tone="green"><span className="dot" /> {_("70 and more")} <span className="number quiet">{count(told.bands.good)}</span></li>{" "}
              <li className="chip" data-tone="amber"><span className="dot" /> {_("40 to 69")} <span className="number quiet">{count(told.bands.fair)}</span></li>{" "}
              <li className="chip" data-tone="red"><span className="dot" /> {_("below 40")} <span className="number quiet">{count(told.bands.poor)}</span></li>
            </ul>
          </section>
          {told.worst.length > 0 && (
            <section aria-label={_("With whom it stands badly")}>
              <h2 className="part-title">{_("With whom it stands badly, those who paid most first")}</h2>
              <ul>
                {told.worst.map((one) => (
                  <li key={one.id}>
                    <Link className="side-line line" to="/contacts/$id" params={{ id: one.id }}>
                      <span className="number">{count(one.score)}</span> <bdi className="strong">{one.name}</bdi> <bdi className="quiet small fill clip">{one.reason}</bdi> <span className="quiet small number">{money(one.paid)}</span>
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <Told told={told} />
        </div>
      )}
    </Page>
  ); // prettier-ignore
};
