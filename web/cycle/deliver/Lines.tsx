import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { count, locale, money } from "../../kit/format.ts";
import type { Order } from "./told.ts";

// A unit price keeps all the decimals it was written with.
const price = (text: string): string =>
  new Intl.NumberFormat(locale(), { minimumFractionDigits: 2, maximumFractionDigits: 6 }).format(Number(text));

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
                {Number(line.returned_quantity) > 0 && (
                  <span className="came-back small">{_("{n} came back", { n: count(Number(line.returned_quantity)) })}</span>
                )}
              </td>
              <td className="number">{count(Number(line.quantity))}</td>
              <td className="number">{price(line.unit_price)}</td>
              <td className="number">{money(line.total, order.currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>{_("Total")}</th>
            <td className="number">{money(order.total, order.currency)}</td>
          </tr>
        </tfoot>
      </table>
      {!all && order.lines.length > most && (
        <Button variant="default" onClick={() => setAll(true)}>{_("Show all {n} lines", { n: count(order.lines.length) })}</Button>
      )}
    </>
  ); // prettier-ignore
};
