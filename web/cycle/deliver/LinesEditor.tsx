import { ActionIcon, Button, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueries } from "@tanstack/react-query";
import { count, decimalsOf, locale, money } from "../../kit/format.ts";
import { Icon } from "../../kit/Icon.tsx";
import { RelationPicker } from "../../kit/form/RelationPicker.tsx";
import { recordsOf, type Rec } from "../../records/record.ts";
import { decimalText } from "./amounts.ts";
import { costOf, freshLine, isBlank, type LineDraft, type LineRefusal } from "./draft.ts";

export interface LinesEditorProps {
  lines: readonly LineDraft[];
  currency: string;
  refused: readonly LineRefusal[];
  onLines: (lines: readonly LineDraft[]) => void;
  /** What a product costs when nobody writes a price, as decimal text; the product's own price unless said. */
  priceOf?: PriceOf;
}

export type PriceOf = (
  product: string,
  currency: string,
  quantity: string,
  signal: AbortSignal,
) => Promise<string | null>;

/** The product's own price in this currency, as decimal text; null when it has none. */
const ownPrice: PriceOf = async (id, currency, _quantity, signal) => {
  const product: Rec = await recordsOf("products").get(id, signal);
  const price = product["price"];
  if (typeof price !== "number" || product["currency"] !== currency) return null;
  return (price / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency));
};

/** The prices of the products that the lines name. */
const useListed = (
  lines: readonly LineDraft[],
  currency: string,
  priceOf: PriceOf,
): readonly (string | undefined)[] => {
  const asked = useQueries({
    queries: lines.map((line) => {
      const quantity = decimalText(line.quantity) ?? "1";
      return {
        queryKey: [
          "products",
          line.product_id ?? "",
          "price",
          priceOf === ownPrice ? "own" : "list",
          currency,
          quantity,
        ],
        queryFn: ({ signal }: { signal: AbortSignal }) => priceOf(line.product_id ?? "", currency, quantity, signal),
        enabled: line.product_id !== null,
      };
    }),
  });
  return asked.map(({ data }) => data ?? undefined);
};

const written = (text: string): string => new Intl.NumberFormat(locale(), { useGrouping: false, minimumFractionDigits: 2, maximumFractionDigits: 6 }).format(Number(text)); // prettier-ignore

/** Lines of an order as they are typed: product or words, quantity, price (the product's unless said), and the sum so far. */
export const LinesEditor = ({ lines, currency, refused, onLines, priceOf = ownPrice }: LinesEditorProps) => {
  const { _ } = useLingui();
  const listed = useListed(lines, currency, priceOf);
  const totals = lines.map((line, i) => costOf(line, listed[i], currency));
  const change = (key: number, what: Partial<LineDraft>): void => onLines(lines.map((line) => (line.key === key ? { ...line, ...what } : line))); // prettier-ignore
  const errorOf = (key: number, field: LineRefusal["field"]) => refused.find((one) => one.key === key && one.field === field)?.message; // prettier-ignore
  const sum = totals.reduce<number>((all, one) => all + (one ?? 0), 0);
  return (
    <div className="stack">
      <ul className="editing">
        {lines.map((line, i) => (
          <li key={line.key} aria-label={_("Line {n}", { n: i + 1 })}>
            <div className="editing-what">
              <RelationPicker
                to="product"
                value={line.product_id}
                title={line.title}
                label={i === 0 ? _("Product") : undefined}
                error={errorOf(line.key, "description")}
                onPick={(picked) => change(line.key, { product_id: picked?.id ?? null, title: picked?.title ?? "" })}
              />
              <TextInput
                aria-label={_("Words on line {n}", { n: i + 1 })}
                placeholder={line.title || _("or describe it")}
                maxLength={1000}
                value={line.description}
                onChange={(event) => change(line.key, { description: event.currentTarget.value })}
              />
              {line.agreed && (line.agreed.discount > 0 || Number(line.agreed.tax_rate) > 0) && (
                <span className="quiet small number">
                  {line.agreed.discount > 0 && `−${money(line.agreed.discount, currency)} `}
                  {Number(line.agreed.tax_rate) > 0 && _("+ {rate} % tax", { rate: count(Number(line.agreed.tax_rate)) })}
                </span>
              )}
            </div>
            <TextInput
              {...(i === 0 ? { label: _("Quantity") } : { "aria-label": _("Quantity of line {n}", { n: i + 1 }) })}
              className="number" inputMode="decimal" value={line.quantity} error={errorOf(line.key, "quantity")}
              onChange={(event) => change(line.key, { quantity: event.currentTarget.value })}
            />
            <TextInput
              {...(i === 0 ? { label: _("Price of one") } : { "aria-label": _("Price of line {n}", { n: i + 1 }) })}
              className="number" inputMode="decimal" value={line.price} error={errorOf(line.key, "unit_price")}
              placeholder={listed[i] ? written(listed[i]) : ""}
              onChange={(event) => change(line.key, { price: event.currentTarget.value })}
            />
            <output className="number editing-total">{totals[i] === undefined ? "" : money(totals[i], currency)}</output>
            <ActionIcon
              aria-label={_("Remove line {n}", { n: i + 1 })}
              disabled={lines.length === 1 && isBlank(line)}
              onClick={() => onLines(lines.length === 1 ? [freshLine()] : lines.filter((one) => one.key !== line.key))}
            >
              <Icon name="x" size={14} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <div className="line">
        <Button variant="default" leftSection={<Icon name="plus" size={14} />} onClick={() => onLines([...lines, freshLine()])}>{_("Another line")}</Button>
        <span className="fill" />
        <span className="quiet">{_("Total")}</span>
        <output className="number editing-sum" aria-live="polite">{money(sum, currency)}</output>
      </div>
    </div>
  ); // prettier-ignore
};
