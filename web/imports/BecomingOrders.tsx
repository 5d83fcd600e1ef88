import { useLingui } from "@lingui/react";
import { country, count, instant, money } from "../kit/format.ts";

interface Line {
  row: number;
  description: string;
  quantity: string;
  unit_price: string;
  total: number;
}
interface Item {
  kind: "order" | "return";
  number: string | null;
  customer: string | null;
  country: string | null;
  placed_at: string;
  currency: string;
  total: number;
  rows: number[];
  lines: Line[];
}

// What the importer of orders answers; a later server may add to it.
const isItem = (value: unknown): value is Item =>
  typeof value === "object" && value !== null && "lines" in value && Array.isArray(value.lines) && "total" in value;

const shown = 60; // orders

const Order = ({ item }: { item: Item }) => {
  const { _ } = useLingui();
  const back = item.kind === "return";
  const more = item.rows.length - item.lines.length;
  return (
    <li>
      <header className="line">
        <span className="chip" data-tone={back ? "red" : "teal"}><span className="dot" />{back ? _("Return") : _("Order")}</span>
        <bdi className="fill clip"><strong>{item.customer ?? _("Nobody known")}</strong>{item.country && <span className="quiet"> {item.country.length === 2 ? country(item.country) : item.country}</span>}</bdi>
        <strong className="number">{money(back ? -item.total : item.total, item.currency)}</strong>
      </header>
      <p className="quiet small number">
        {item.number && <bdi>{item.number} · </bdi>}
        {instant(item.placed_at)} · {item.rows.length === 1 ? _("row {n}", { n: count(item.rows[0] ?? 0) }) : _("{n} rows", { n: count(item.rows.length) })}
      </p>
      <table className="lines-small">
        <tbody>
          {item.lines.slice(0, 4).map((line) => (
            <tr key={line.row}>
              <td><bdi>{line.description}</bdi></td>
              <td className="number quiet">{line.quantity} × {line.unit_price}</td>
              <td className="number">{money(line.total, item.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {item.lines.length > 4 && <p className="quiet small">{_("and {n} more lines", { n: count(item.lines.length - 4 + Math.max(0, more)) })}</p>}
    </li>
  ); // prettier-ignore
};

/** The first orders and returns as they will stand: customer, time, lines and total. */
export const BecomingOrders = ({ items }: { items: readonly unknown[] }) => {
  const { _ } = useLingui();
  const orders = items.filter(isItem);
  if (orders.length === 0) return <p className="empty">{_("None of the first rows becomes an order.")}</p>;
  return (
    <ul className="becoming">
      {orders.slice(0, shown).map((item, i) => (
        <Order key={i} item={item} />
      ))}
    </ul>
  );
};
