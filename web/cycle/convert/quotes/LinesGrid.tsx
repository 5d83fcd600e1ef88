import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { LetterheadApi } from "#records";
import { client, offers } from "../../../kit/client.ts";
import { money } from "../../../kit/format.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { RelationPicker } from "../../../kit/form/RelationPicker.tsx";
import { freshLine, isBlank, type LineDraft, type Refusal } from "./draft.ts";
import type { Figures } from "./told.ts";

export interface LinesGridProps {
  lines: readonly LineDraft[];
  currency: string;
  refused: readonly Refusal[];
  /** Of the lines that are not blank, in their order; undefined until they are reckoned. */
  figures: Figures | undefined;
  onLines: (lines: readonly LineDraft[]) => void;
}

/** The tax rates of the company; the first one is the usual. */
export const useTaxRates = () => {
  const asked = useQuery({ queryKey: ["letterhead"], queryFn: () => client<LetterheadApi>("letterhead").get({}), enabled: offers("letterhead.get") }); // prettier-ignore
  return { rates: asked.data?.tax_rates ?? [], known: asked.data !== undefined };
};

/** Lines of a quote as they are typed: product or words, quantity, price, discount, tax; Enter in the last one begins another. */
export const LinesGrid = ({ lines, currency, refused, figures, onLines }: LinesGridProps) => {
  const { _ } = useLingui();
  const { rates } = useTaxRates();
  const usual = rates[0]?.percent ?? "0";
  const filled = lines.filter((line) => !isBlank(line));
  const figureOf = (line: LineDraft) => figures?.lines[filled.indexOf(line)];
  const priceOf = (line: LineDraft): string => figures?.prices[filled.indexOf(line)] ?? "";
  const change = (key: number, what: Partial<LineDraft>): void => onLines(lines.map((line) => (line.key === key ? { ...line, ...what } : line))); // prettier-ignore
  const errorOf = (key: number, field: Refusal["field"]) => refused.find((one) => one.key === key && one.field === field)?.message; // prettier-ignore
  const add = (): void => onLines([...lines, freshLine(usual)]);
  const taxes = (now: string) => {
    const known = [{ value: "0", label: _("No tax") }, ...rates.filter((rate) => Number(rate.percent) > 0).map((rate) => ({ value: rate.percent, label: rate.label }))]; // prettier-ignore
    return known.some((rate) => rate.value === now) ? known : [...known, { value: now, label: `${now} %` }];
  };
  const named = (i: number, first: string, other: string) => (i === 0 ? { label: first } : { "aria-label": other });
  return (
    <div className="stack">
      <ul className="quoting">
        {lines.map((line, i) => {
          const figure = figureOf(line);
          return (
            <li key={line.key} aria-label={_("Line {n}", { n: i + 1 })}>
              <div className="editing-what">
                <RelationPicker to="product" value={line.product_id} title={line.title} label={i === 0 ? _("Product") : undefined} error={errorOf(line.key, "description")} onPick={(picked) => change(line.key, { product_id: picked?.id ?? null, title: picked?.title ?? "", ...(picked ? { price: "", description: "" } : {}) })} />
                <TextInput aria-label={_("Words on line {n}", { n: i + 1 })} placeholder={line.title || _("or describe it")} maxLength={2000} value={line.description} onChange={(event) => change(line.key, { description: event.currentTarget.value })} />
              </div>
              <TextInput {...named(i, _("Quantity"), _("Quantity of line {n}", { n: i + 1 }))} inputMode="decimal" value={line.quantity} error={errorOf(line.key, "quantity")} onChange={(event) => change(line.key, { quantity: event.currentTarget.value })} />
              <TextInput {...named(i, _("Price of one"), _("Price of line {n}", { n: i + 1 }))} inputMode="decimal" value={line.price} placeholder={priceOf(line)} error={errorOf(line.key, "unit_price")} onChange={(event) => change(line.key, { price: event.currentTarget.value })} />
              <TextInput {...named(i, _("Discount"), _("Discount of line {n}", { n: i + 1 }))} value={line.discount} placeholder="10%" error={errorOf(line.key, "discount")} onChange={(event) => change(line.key, { discount: event.currentTarget.value })} />
              <NativeSelect {...named(i, _("Tax"), _("Tax of line {n}", { n: i + 1 }))} data={taxes(line.tax)} value={line.tax} onChange={(event) => change(line.key, { tax: event.currentTarget.value })} onKeyDown={(event) => { if (event.key === "Enter" && i === lines.length - 1) { event.preventDefault(); add(); } }} />
              <output className="number editing-total">{figure ? money(figure.goods - figure.discount, currency) : ""}</output>
              <ActionIcon aria-label={_("Remove line {n}", { n: i + 1 })} disabled={lines.length === 1 && isBlank(line)} onClick={() => onLines(lines.length === 1 ? [freshLine(usual)] : lines.filter((one) => one.key !== line.key))}><Icon name="x" size={14} /></ActionIcon>
            </li>
          );
        })}
      </ul>
      <div><Button variant="default" leftSection={<Icon name="plus" size={14} />} onClick={add}>{_("Another line")}</Button></div>
    </div>
  ); // prettier-ignore
};
