import Big from "big.js";
import type { Ctx } from "#platform/context";
import { wordsFor } from "#timeline";
import type { Content } from "./content.ts";
import { dayWords } from "./send.ts";

/** One row of a quote as people read it. */
export interface RowWords {
  description: string;
  quantity: string;
  price: string;
  discount: string;
  total: string;
}
export interface SumWords {
  label: string;
  value: string;
  strong: boolean;
}
export interface QuoteWords {
  rows: RowWords[];
  sums: SumWords[];
  total: string;
  valid_until: string;
}

/** A quote's content in the company's language and money: the same on the page and on paper. */
export function wordsOf(ctx: Pick<Ctx, "workspace">, content: Content): QuoteWords {
  const { language, currency, figures: f } = content;
  const money = (amount: number): string => wordsFor(language).money(amount, currency);
  const number = (text: string): string => new Intl.NumberFormat(language, { maximumFractionDigits: 6 }).format(Number(text)); // prettier-ignore
  const percent = (text: string): string => new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 4 }).format(new Big(text).div(100).toNumber()); // prettier-ignore
  const price = (text: string): string => new Intl.NumberFormat(language, { style: "currency", currency, maximumFractionDigits: 6, minimumFractionDigits: minimum(currency) }).format(Number(text)); // prettier-ignore
  const rows = content.lines.map((line, i): RowWords => {
    const { goods, discount } = f.lines[i]!;
    const off = discount === 0 ? "" : line.discount_percent ? percent(line.discount_percent) : money(discount);
    return { description: line.description, quantity: number(line.quantity), price: price(line.unit_price), discount: off, total: money(goods - discount) }; // prettier-ignore
  });
  const off = content.discount_percent ? `Discount ${percent(content.discount_percent)}` : "Discount";
  const sums: SumWords[] = [
    ...(f.whole_discount > 0 ? [sum("Sum of lines", money(f.net + f.whole_discount)), sum(off, money(-f.whole_discount))] : []),
    ...(f.tax > 0 ? [sum("Net", money(f.net)), ...f.taxes.map((t) => sum(`Tax ${percent(t.rate)} on ${money(t.net)}`, money(t.tax)))] : []),
    { label: "Total", value: money(f.total), strong: true },
  ]; // prettier-ignore
  return { rows, sums, total: money(f.total), valid_until: dayWords(ctx, content.valid_until) };
}

const sum = (label: string, value: string): SumWords => ({ label, value, strong: false });
const minimum = (currency: string): number =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().minimumFractionDigits ?? 2;
