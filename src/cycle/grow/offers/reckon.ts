import Big from "big.js";
import { spread } from "#kernel/money";
import type { Promotion } from "./promotion.ts";

/** A line of an order, in minor units of its currency. */
export interface PricedLine {
  id: string;
  product_id: string | null;
  category: string | null;
  /** Goods less what the line has off already, before tax. */
  net: number;
}
/** What a promotion is for; everything when both are empty. */
export interface Scope {
  products: readonly string[];
  categories: readonly string[];
  /** Some of it was deleted: then empty means nothing. */
  limited: boolean;
}

/** What a promotion takes off each line, and in all. */
export interface Discount {
  amount: number;
  /** Only lines that get something. */
  lines: { order_line_id: string; by: number }[];
}

/** Whether the promotion is for that line. */
export const isFor = ({ products, categories, limited }: Scope, line: PricedLine): boolean =>
  !limited ||
  (line.product_id !== null && products.includes(line.product_id)) ||
  (line.category !== null && categories.some((c) => c.toLowerCase() === line.category!.toLowerCase()));

/**
 * What a promotion takes off: its share of the goods it is for, rounded once, half up, or its amount, at most what they cost; shared
 * out over the lines by largest remainder, so that a line that comes back gives its exact part back.
 */
export function discountFor(
  promotion: Pick<Promotion, "kind" | "percent" | "amount">,
  lines: readonly PricedLine[],
  scope: Scope,
): Discount {
  const its = lines.filter((line) => isFor(scope, line) && line.net > 0);
  const sum = its.reduce((all, line) => all + line.net, 0);
  const share = Number(new Big(sum).times(promotion.percent ?? 0).div(100).round(0, Big.roundHalfUp).toFixed()); // prettier-ignore
  const amount = promotion.kind === "percent" ? share : Math.min(Number(promotion.amount), sum);
  const parts = spread(amount, its.map((line) => line.net)); // prettier-ignore
  return { amount, lines: its.flatMap((line, i) => (parts[i]! > 0 ? [{ order_line_id: line.id, by: parts[i]! }] : [])) }; // prettier-ignore
}

/** Whose use it is, as limits count it: the address without what its host ignores. */
export function mailKey(address: string): string {
  const [name = "", host = ""] = address.trim().toLowerCase().split("@");
  if (host !== "gmail.com" && host !== "googlemail.com") return `mail ${name}@${host}`;
  return `mail ${name.replace(/\+.*$/, "").replaceAll(".", "")}@gmail.com`;
}
