import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useParams } from "@tanstack/react-router";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { count, money } from "../../../kit/format.ts";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordForm } from "../../../kit/form/RecordForm.tsx";
import { shortDay } from "../../../customers/days.ts";
import { FactList } from "../../../records/FactList.tsx";
import { recordsOf } from "../../../records/record.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { Codes } from "./Codes.tsx";
import { Goods } from "./Goods.tsx";
import { promotions, type Report, type Use } from "./told.ts";
import "../worth/worth.css";

const Figures = ({ report }: { report: Report }) => {
  const { _ } = useLingui();
  const { currency, left } = report;
  const figures = [
    [_("Orders with it"), count(report.uses)],
    [_("They came to"), money(report.revenue, currency)],
    [_("It took off"), money(report.cost, currency)],
    ...(report.given_back > 0 ? [[_("Given back"), count(report.given_back)]] : []),
    ...(left.uses !== null ? [[_("Uses left"), count(left.uses)]] : []),
    ...(left.today !== null ? [[_("Left today"), count(left.today)]] : []),
    ...(left.budget !== null ? [[_("Budget left"), money(left.budget, currency)]] : []),
  ];
  return (
    <dl className="facts">
      {figures.map(([label, value]) => <div key={label}><dt>{label}</dt><dd className="number">{value}</dd></div>)}
    </dl>
  );
}; // prettier-ignore

const Weeks = ({ report }: { report: Report }) => {
  const { _ } = useLingui();
  if (report.uses === 0) return <p className="quiet">{_("No order has used it yet.")}</p>;
  return (
    <div className="worth-scroll" tabIndex={0} role="region" aria-label={_("Use over time")}>
      <table className="worth-table">
        <thead>
          <tr>{[_("Week of"), _("Orders"), _("They came to"), _("Taken off")].map((word, i) => <th key={word} scope="col" className={i > 0 ? "number" : undefined}>{word}</th>)}</tr>
        </thead>
        <tbody>
          {report.weeks.filter((week, i) => week.uses > 0 || i > 8).map((week) => (
            <tr key={week.week}>
              <th scope="row">{shortDay(`${week.week}T12:00:00Z`)}</th>
              <td className="number">{count(week.uses)}</td>
              <td className="number">{money(week.revenue, report.currency)}</td>
              <td className="number">{money(week.cost, report.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}; // prettier-ignore

const customerOf = (use: Use) =>
  use.contact_id ? <Link className="link" to="/contacts/$id" params={{ id: use.contact_id }}><bdi>{use.contact}</bdi></Link>
  : use.account_id ? <Link className="link" to="/accounts/$id" params={{ id: use.account_id }}><bdi>{use.account}</bdi></Link> : null; // prettier-ignore

const Uses = ({ id, currency }: { id: string; currency: string }) => {
  const { _ } = useLingui();
  const asked = useInfiniteQuery({
    queryKey: ["promotions", id, "uses"],
    queryFn: ({ pageParam }) => promotions().uses({ id, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const uses = (asked.data?.pages.flatMap((page) => page.items) ?? []) as unknown as Use[];
  if (uses.length === 0) return null;
  return (
    <section aria-labelledby="uses">
      <h2 className="part-title" id="uses">{_("Orders with it")}</h2>
      <div className="worth-scroll" tabIndex={0} role="region" aria-label={_("Orders with it")}>
        <table className="worth-table">
          <thead>
            <tr>{[_("Order"), _("Customer"), _("When"), _("Code"), _("Taken off")].map((word, i) => <th key={word} scope="col" className={i === 4 ? "number" : undefined}>{word}</th>)}</tr>
          </thead>
          <tbody>
            {uses.map((use) => (
              <tr key={use.id}>
                <th scope="row"><Link className="link" to="/orders/$id" params={{ id: use.order_id }}>{use.number}</Link></th>
                <td>{customerOf(use)}</td>
                <td>{shortDay(use.at)}</td>
                <td>{use.code}</td>
                <td className="number">{money(use.amount, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {asked.hasNextPage && <Button variant="default" onClick={() => void asked.fetchNextPage()}>{_("Show earlier")}</Button>}
    </section>
  );
}; // prettier-ignore

/** One promotion: how it does, what is left of its limits, its codes, and the orders that got it. */
export const PromotionPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const object = objectOf("promotions");
  const [editing, setEditing] = useState(false);
  const asked = useQuery({ queryKey: ["promotions", "one", id], queryFn: ({ signal }) => recordsOf("promotions").get(id, signal) });
  const report = useQuery({ queryKey: ["promotions", id, "report"], queryFn: () => promotions().report({ id }) });
  const mayEdit = may("promotions.update") && asked.data !== undefined && !asked.data["deleted_at"];
  useKeys(mayEdit ? [{ keys: "e", label: _("Edit"), group: _("This promotion"), run: () => setEditing(true) }] : []);
  if (!object) return null;
  const name = asked.data?.["name"];
  return (
    <Page title={typeof name === "string" ? name : _(object.label)} note={<Link to="/promotions" className="link">{_(object.label_plural)}</Link>} actions={mayEdit && <Button onClick={() => setEditing(true)}>{_("Edit")}</Button>} padded>
      <Ask asked={asked}>
        {(record) => (
          <div className="worth-page">
            {report.data && <Figures report={report.data} />}
            {report.data && <section aria-labelledby="weeks"><h2 className="part-title" id="weeks">{_("Use over time")}</h2><Weeks report={report.data} /></section>}
            <section aria-labelledby="rules"><h2 className="part-title" id="rules">{_("Rules")}</h2><FactList object={object} record={record} /></section>
            <Goods id={id} mayEdit={mayEdit} />
            <Codes id={id} mayEdit={mayEdit} />
            <Uses id={id} currency={String(record["currency"])} />
            {editing && <RecordForm object={object} record={record} onClose={() => setEditing(false)} />}
          </div>
        )}
      </Ask>
    </Page>
  );
}; // prettier-ignore
