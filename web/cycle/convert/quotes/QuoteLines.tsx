import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { count, locale, money, percent } from "../../../kit/format.ts";
import type { Quote, QuoteLine, Tax } from "./told.ts";

const price = (text: string): string => new Intl.NumberFormat(locale(), { minimumFractionDigits: 2, maximumFractionDigits: 6 }).format(Number(text)); // prettier-ignore

export interface SumsProps {
  currency: string;
  net: number;
  total: number;
  whole_discount: number;
  taxes: readonly Tax[];
}

/** What lines come to: the discount on the whole, net, tax by rate, total. */
export const Sums = ({ currency, net, total, whole_discount, taxes }: SumsProps) => {
  const { _ } = useLingui();
  const said: (readonly [string, number])[] = [
    ...(whole_discount > 0 ? [[_("Discount on the whole"), -whole_discount] as const] : []),
    ...(taxes.length > 0 ? [[_("Net"), net] as const] : []),
    ...taxes.map((tax) => [_("Tax {rate} on {net}", { rate: percent(Number(tax.rate) / 100, 3), net: money(tax.net, currency) }), tax.tax] as const),
  ]; // prettier-ignore
  return (
    <dl className="sums">
      {said.map(([label, amount]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="number">{money(amount, currency)}</dd>
        </div>
      ))}
      <div className="sums-due">
        <dt>{_("Total")}</dt>
        <dd className="number">{money(total, currency)}</dd>
      </div>
    </dl>
  );
};

const Line = ({ line, currency }: { line: QuoteLine; currency: string }) => (
  <tr>
    <td>
      {line.product ? (
        <Link className="link" to="/products/$id" params={{ id: line.product.id }}><bdi>{line.description}</bdi></Link>
      ) : (
        <bdi>{line.description}</bdi>
      )}
    </td>
    <td className="number">{count(Number(line.quantity))}</td>
    <td className="number">{price(line.unit_price)}</td>
    <td className="number">{line.discount === 0 ? "" : line.discount_percent ? percent(Number(line.discount_percent) / 100, 2) : money(line.discount, currency)}</td>
    <td className="number">{money(line.goods - line.discount, currency)}</td>
  </tr>
); // prettier-ignore

/** The lines of a quote and their sums. */
export const QuoteLines = ({ quote }: { quote: Quote }) => {
  const { _ } = useLingui();
  return (
    <div className="stack">
      <div className="quote-scroll" tabIndex={0} role="region" aria-label={_("Lines of the quote")}>
        <table className="order-lines">
          <thead>
            <tr>
              <th scope="col">{_("What")}</th>
              <th scope="col">{_("Quantity")}</th>
              <th scope="col">{_("Price")}</th>
              <th scope="col">{_("Discount")}</th>
              <th scope="col">{_("Total")}</th>
            </tr>
          </thead>
          <tbody>{quote.lines.map((line) => <Line key={line.id} line={line} currency={quote.currency} />)}</tbody>
        </table>
      </div>
      <div className="quote-sums"><Sums {...quote} /></div>
    </div>
  ); // prettier-ignore
};
