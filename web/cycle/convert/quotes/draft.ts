import { decimalsOf } from "../../../kit/format.ts";
import { decimalText } from "../../deliver/amounts.ts";
import type { LineGiven, Quote } from "./told.ts";

/** A line as it is being typed; `discount` is "10%" or an amount. */
export interface LineDraft {
  key: number;
  product_id: string | null;
  title: string;
  description: string;
  quantity: string;
  price: string;
  discount: string;
  tax: string;
}

let next = 1;
/** An empty line, taxed as usual. */
export const freshLine = (tax: string): LineDraft => ({ key: next++, product_id: null, title: "", description: "", quantity: "1", price: "", discount: "", tax }); // prettier-ignore

/** Whether nothing was typed into a line, so that it is not sent. */
export const isBlank = (line: LineDraft): boolean => !line.product_id && line.description.trim() === "" && line.price.trim() === ""; // prettier-ignore

export interface Discount {
  discount_percent?: string;
  discount_amount?: number;
}

/** "10%" as a percentage, "50" as an amount in minor units; empty for none, undefined when it is neither. */
export function discountOf(typed: string, currency: string): Discount | undefined {
  const text = typed.trim();
  if (text === "") return {};
  const percent = text.endsWith("%");
  const decimal = decimalText(percent ? text.slice(0, -1) : text);
  if (decimal === undefined) return undefined;
  if (percent) return { discount_percent: decimal };
  return { discount_amount: Math.round(Number(decimal) * 10 ** decimalsOf(currency)) };
}

export interface Refusal {
  key: number;
  field: "description" | "quantity" | "unit_price" | "discount";
  message: string;
}

/** The lines as they are sent, their keys in the same order, and what is no number in them. Blank ones are left out. */
export function linesOf(drafts: readonly LineDraft[], currency: string, noNumber: string): { lines: LineGiven[]; keys: number[]; refused: Refusal[] } {
  const told = drafts.filter((draft) => !isBlank(draft));
  const refused: Refusal[] = [];
  const lines = told.map((draft): LineGiven => {
    const [quantity, price, discount] = [decimalText(draft.quantity), decimalText(draft.price), discountOf(draft.discount, currency)];
    if (quantity === undefined) refused.push({ key: draft.key, field: "quantity", message: noNumber });
    if (price === undefined && draft.price.trim() !== "") refused.push({ key: draft.key, field: "unit_price", message: noNumber });
    if (discount === undefined) refused.push({ key: draft.key, field: "discount", message: noNumber });
    const description = draft.description.trim();
    return { product_id: draft.product_id, quantity: quantity ?? "", tax_rate: draft.tax, ...(description ? { description } : {}), ...(price === undefined ? {} : { unit_price: price }), ...discount };
  });
  return { lines, keys: told.map((draft) => draft.key), refused };
} // prettier-ignore

/** The server's words about "lines.1.quantity", at the line that was sent second. */
export const refusalsOf = (errors: readonly { field: string; message: string }[], keys: readonly number[]): Refusal[] =>
  errors.flatMap(({ field, message }) => {
    const [, at, name = ""] = /^lines\.(\d+)\.(\w+)$/.exec(field) ?? [];
    const key = keys[Number(at)];
    if (key === undefined) return [];
    const shown = name === "quantity" || name === "unit_price" ? name : name.startsWith("discount") ? "discount" : "description"; // prettier-ignore
    return [{ key, field: shown, message }];
  });

const written = (amount: number, currency: string): string => (amount / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency)); // prettier-ignore

/** A discount as it is typed. */
export const discountText = (percent: string | number | null, amount: number | null, currency: string): string =>
  percent !== null ? `${percent}%` : amount !== null ? written(amount, currency) : "";

/** The lines of a quote, to be typed over. */
export const draftOf = (quote: Pick<Quote, "lines" | "currency">): LineDraft[] =>
  quote.lines.map((line) => ({
    key: next++, product_id: line.product_id, title: line.product?.title ?? "", description: line.description, quantity: line.quantity, price: line.unit_price,
    discount: discountText(line.discount_percent, line.discount_amount, quote.currency), tax: line.tax_rate,
  })); // prettier-ignore
