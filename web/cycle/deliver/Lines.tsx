import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { may } from "../../kit/boot.ts";
import { count, locale, money } from "../../kit/format.ts";
import { toShip } from "./amounts.ts";
import type { Line, Order } from "./told.ts";

// A unit price keeps all the decimals it was written with.
const price = (text: string): string =>
  new Intl.NumberFormat(locale(), { minimumFractionDigits: 2, maximumFractionDigits: 6 }).format(Number(text));

/** Where the pieces of a line are, at a glance: "2 of 3 sent · 1 arrived · 1 came back". */
const Ledger = ({ line }: { line: Line }) => {
  const { _ } = useLingui();
  const [sent, arrived, back, cancelled, invoiced] = [line.shipped_quantity, line.delivered_quantity, line.returned_quantity, line.cancelled_quantity, line.invoiced_quantity].map(Number) as [number, number, number, number, number];
  const parts = [
    { words: _("{n} to ship", { n: count(Number(toShip(line))) }), shown: toShip(line) !== "0", tone: "amber" },
    { words: _("{n} on the way", { n: count(sent - arrived) }), shown: sent > arrived, tone: "blue" },
    { words: _("{n} arrived", { n: count(arrived) }), shown: arrived > 0, tone: "green" },
    { words: _("{n} came back", { n: count(back) }), shown: back > 0, tone: "red" },
    { words: _("{n} cancelled", { n: count(cancelled) }), shown: cancelled > 0, tone: "gray" },
    { words: _("{n} invoiced", { n: count(invoiced) }), shown: invoiced > 0, tone: "neutral" },
  ].filter((part) => part.shown);
  if (parts.length === 0) return null;
  return (
    <span className="ledger small">
      {parts.map((part) => <span key={part.words} data-tone={part.tone}>{part.words}</span>)}
    </span>
  );
}; // prettier-ignore

/** What a new case about a line knows already. */
const caseAbout = (order: Order, line: Order["lines"][number]): Record<string, string> => ({
  order: order.id,
  line: line.id,
  ...(line.product ? { product: line.product.id } : {}),
  ...(order.contact_id ? { contact: order.contact_id } : {}),
  ...(order.account_id ? { account: order.account_id } : {}),
});

/** The lines of an order with what came back of each, and its total. */
export const Lines = ({ order, most = 50 }: { order: Order; most?: number }) => {
  const { _ } = useLingui();
  const [all, setAll] = useState(false);
  const lines = all ? order.lines : order.lines.slice(0, most);
  return (
    <>
      <table className="order-lines">
        <caption className="unseen">{_("Lines of the order")}</caption>
        <thead>
          <tr>
            <th scope="col">{_("What")}</th>
            <th scope="col">{_("Quantity")}</th>
            <th scope="col">{_("Price")}</th>
            <th scope="col">{_("Total")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <td>
                {line.product ? (
                  <Link className="link" to="/products/$id" params={{ id: line.product.id }}>
                    <bdi>{line.description}</bdi>
                  </Link>
                ) : (
                  <bdi>{line.description}</bdi>
                )}
                <Ledger line={line} />
                {may("cases.create") && (
                  <Link className="link small line-case" to="/cases/new" search={caseAbout(order, line)} aria-label={_("Open a case about {what}", { what: line.description })}>{_("Open a case")}</Link>
                )}
              </td>
              <td className="number">{count(Number(line.quantity))}</td>
              <td className="number">
                {price(line.unit_price)}
                {line.discount > 0 && <span className="line-under small">−{money(line.discount, order.currency)}</span>}
                {line.tax > 0 && <span className="line-under small">{_("+ {rate} % tax", { rate: count(Number(line.tax_rate)) })}</span>}
              </td>
              <td className="number">{money(line.total, order.currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {order.cancelled_total > 0 && (
            <tr>
              <th scope="row" colSpan={3}>{_("Cancelled or let go")}</th>
              <td className="number">−{money(order.cancelled_total, order.currency)}</td>
            </tr>
          )}
          <tr>
            <th scope="row" colSpan={3}>{_("Total")}</th>
            <td className="number">{money(order.total - order.cancelled_total, order.currency)}</td>
          </tr>
        </tfoot>
      </table>
      {!all && order.lines.length > most && (
        <Button variant="default" onClick={() => setAll(true)}>{_("Show all {n} lines", { n: count(order.lines.length) })}</Button>
      )}
    </>
  ); // prettier-ignore
};
