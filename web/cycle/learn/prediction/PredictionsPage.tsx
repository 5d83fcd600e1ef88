import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { ModelTold } from "#learn/prediction";
import { count, instant, percent, roughly } from "../../../kit/format.ts";
import { Page } from "../../../kit/Page.tsx";
import { sentenceOf } from "../../../kit/problem.ts";
import { shortDay } from "../../../customers/days.ts";
import { predictions } from "./told.ts";
import "../../grow/worth/worth.css";

const two = (n: number): string => count(Math.round(n * 100) / 100);

const Tested = ({ told, test }: { told: ModelTold; test: NonNullable<ModelTold["test"]> }) => {
  const { _ } = useLingui();
  return (
    <>
      <p>
        {_("Learnt from the time before, it was asked what {n} customers would order in the {weeks} weeks after it: {said} orders; {happened} came. That everybody goes on as before would have said {before}.", { n: count(test.n), weeks: count(Math.round(test.weeks)), said: count(Math.round(test.said)), happened: count(test.happened), before: count(Math.round(test.said_as_before)) })}
      </p>
      <p>
        {_("Per customer it was wrong by {error} orders (root mean square), going on as before by {before}. In money: {said} said, {happened} came. Of the intervals of 80 in 100, {covered} held.", { error: two(test.error), before: two(test.error_as_before), said: roughly(test.worth_said), happened: roughly(test.worth_happened), covered: percent(test.covered) })}
      </p>
      <div className="worth-scroll">
        <table className="worth-table">
          <caption className="quiet small">{_("Orders per customer in those weeks, by how often they had ordered again before")}</caption>
          <thead>
            <tr>
              <th scope="col">{_("Ordered again")}</th>
              <th scope="col" className="number">{_("Customers")}</th>
              <th scope="col" className="number">{_("Said")}</th>
              <th scope="col" className="number">{_("Happened")}</th>
            </tr>
          </thead>
          <tbody>
            {test.rows.filter((row) => row.n > 0).map((row) => (
              <tr key={row.again}>
                <th scope="row">{row.again === 5 ? _("5 times and more") : _("{n, plural, =0 {never} one {once} other {# times}}", { n: row.again })}</th>
                <td className="number">{count(row.n)}</td>
                <td className="number">{two(row.said)}</td>
                <td className="number">{two(row.happened)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {told.sees_going === false && <p className="quiet">{_("Nobody seems to have gone for good in this past, so it is not said of anybody whether they order ever again.")}</p>}
      {told.correlation !== null && <p className="quiet small">{_("The model takes how often and how much customers order as unrelated; here the correlation is {r}.", { r: two(told.correlation) })}</p>}
    </>
  );
}; // prettier-ignore

/** How good what is said of customers' future is: learnt from what, tested how, and how it did each time. */
export const PredictionsPage = () => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["predictions"], queryFn: () => predictions().told({}), refetchInterval: 30_000 });
  const told = asked.data;
  const states = {
    good: _(
      "What customers are going to order can be told: the model came closer than the plain rule on your own past.",
    ),
    beaten: _(
      "What customers are going to order cannot be told: on your own past, that everybody goes on as before came closer. Nothing is shown on customers' pages.",
    ),
    little: _(
      "Not enough data: it takes 100 customers who ordered again, and a past long enough to test it on. Nothing is shown on customers' pages until then.",
    ),
    "not-yet": _("Nothing was learnt yet. It begins by itself with your orders; Activity shows it."),
  };
  return (
    <Page title={_("Predictions")} note={told?.learnt_at ? <span className="quiet">{_("learnt {when}", { when: instant(told.learnt_at) })}</span> : undefined} padded>
      {asked.isError && (
        <div className="empty" role="alert">
          <p>{sentenceOf(asked.error)}</p>
          <Button onClick={() => void asked.refetch()}>{_("Try again")}</Button>
        </div>
      )}
      {told && (
        <div className="worth-page">
          <section aria-label={_("What customers are going to order")}>
            <h2 className="part-title">{_("What customers are going to order")}</h2>
            <p>{states[told.state]}</p>
            {told.state !== "not-yet" && <p className="quiet">{_("Learnt from {n} customers, of whom {again} ordered again: how often they order, after which order they stay away (BG/NBD), and what an order of theirs is worth (Gamma-Gamma).", { n: count(told.customers), again: count(told.repeaters) })}</p>}
          </section>
          {told.test && (
            <section aria-label={_("Could it be believed before?")}>
              <h2 className="part-title">{_("Could it be believed before?")}</h2>
              <Tested told={told} test={told.test} />
            </section>
          )}
          {told.tests.length > 1 && (
            <section aria-label={_("Each time it was learnt")}>
              <h2 className="part-title">{_("Each time it was learnt")}</h2>
              <ul>
                {told.tests.map((one) => (
                  <li key={one.learnt_at} className="quiet">
                    {_("{day}: {said} orders said, {happened} came; wrong by {error}, as before by {before}", { day: shortDay(one.learnt_at), said: count(Math.round(one.said)), happened: count(one.happened), error: two(one.error), before: two(one.error_as_before) })}
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      )}
    </Page>
  ); // prettier-ignore
};
