import Big from "big.js";
import { exponentOf } from "#kernel/money";
import type { Book } from "./book.ts";
import { earn, takeBack } from "./lots.ts";
import { restore } from "./spend.ts";
import { daysAfter, type Rules } from "./rules.ts";

/** An order as points see it, read anew each time: the order its facts come in, and how often, cannot matter. */
export interface Standing {
  id: string;
  number: string;
  contact_id: string;
  /** Fully paid, and not cancelled. */
  settled: boolean;
  cancelled: boolean;
  paid_at: Date | null;
  delivered_at: Date | null;
  /** Minor units of the order: received, the part of it that vouchers paid, what lines that were kept cost, and what of the money was kept for them. */
  paid: number;
  voucher: number;
  cost: number;
  kept: number;
  /** What is kept of each line, after discount and without tax, in minor units of the company's currency. */
  lines: { sku: string | null; net: number }[];
}

/** What the order earns by these rules, floor(rate x net kept), in whole points; what points paid earns none. */
export function pointsFor(order: Standing, rules: Rules, currency: string): number {
  if (order.cost === 0 || order.paid === 0) return 0;
  const without = new Set(rules.without.map((sku) => sku.toLowerCase()));
  const net = order.lines.reduce((sum, l) => (l.sku && without.has(l.sku.toLowerCase()) ? sum : sum + l.net), 0);
  // Where points come back in proportion, a voucher's part of the order shrinks with the order; else it stays whole.
  const isShared = rules.burn_refund === "proportional";
  const money = isShared ? new Big(order.kept).times(order.paid - order.voucher) : new Big(Math.max(0, order.kept - order.voucher)).times(order.paid); // prettier-ignore
  // Divided once, so that a whole number stays one.
  const points = money.times(net).times(rules.points_per_unit).div(new Big(order.cost).times(order.paid).times(new Big(10).pow(exponentOf(currency)))); // prettier-ignore
  return Math.max(0, Number(points.round(0, Big.roundDown).toFixed()));
}

/** Until goods can no longer come back: counted from the arrival when we know it, else from the payment. */
export const activeAt = (order: Standing, returnDays: number): Date => {
  const paid = order.paid_at!;
  if (!order.delivered_at) return daysAfter(paid, returnDays);
  const window = daysAfter(order.delivered_at, returnDays);
  return window > paid ? window : paid;
};

/** Brings what an order earned, and what it gave back of points spent on it, to what it must be now; twice is as once. */
export function follow(book: Book, order: Standing, seen: { at: Date; cause: string; currency: string; returnDays: number }): void {
  const own = book.lots.filter((l) => l.order_id === order.id);
  const kept = own.reduce((sum, l) => sum + l.original - l.reversed, 0);
  const version = own[0]?.rules ?? book.rules.version;
  const target = order.cancelled ? 0 : pointsFor(order, book.rulesOf(version), seen.currency);
  const named = { id: order.id, number: order.number };
  if (order.paid_at && target > kept && (own.length > 0 || order.settled)) {
    const key = `earn:${book.program.id}:${order.id}:${version}${own.length > 0 ? `:${own.length + 1}` : ""}`;
    const at = own.length > 0 ? seen.at : order.paid_at;
    const active_at = activeAt(order, seen.returnDays);
    earn(book, { key, points: target - kept, at, active_at: active_at > at ? active_at : at, source: "order", qualifies: true, order: named, cause: seen.cause, rules: version }); // prettier-ignore
  } else if (target < kept) {
    const reason = order.cancelled ? "cancelled" : "refunded";
    takeBack(book, { own, points: kept - target, key: `rev:${order.id}:${seen.cause}`, at: seen.at, reason, cause: seen.cause, order: named }); // prettier-ignore
  }
  if (order.paid_at)
    for (const lot of own) if (lot.state === "pending") lot.active_at = activeAt(order, seen.returnDays);
  giveBack(book, order, seen);
} // prettier-ignore

function giveBack(book: Book, order: Standing, seen: { at: Date; cause: string }): void {
  for (const spend of book.spends) {
    if (spend.order_id !== order.id || spend.state !== "captured" || order.paid === 0) continue;
    const policy = book.rulesOf(spend.rules).burn_refund;
    const back = order.cancelled ? order.paid : order.paid - order.kept;
    const share = Number(new Big(spend.points).times(back).div(order.paid).round(0, Big.roundDown).toFixed());
    const target = policy === "none" || (policy === "full_only" && back < order.paid) ? 0 : share;
    if (target > spend.restored) restore(book, spend, { points: target - spend.restored, at: seen.at, reason: `order ${order.number} given back`, cause: seen.cause, release: false }); // prettier-ignore
  }
}
