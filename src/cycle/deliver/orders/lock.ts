import { sql } from "kysely";
import Big from "big.js";
import { invalid, notFound, Refused } from "#kernel/refusal";
import type { Tx } from "#platform/context";

export interface Ordered {
  id: string;
  number: string;
  contact_id: string | null;
  account_id: string | null;
  currency: string;
  rate: string;
  to_base: string;
  placed_at: Date;
  /** The day it was promised for: 2026-11-30. */
  promised_at: string | null;
  cancelled_at: Date | null;
}

/** Holds an order until the transaction ends. Refused when it is not there or cancelled; `consequence` ends that sentence. */
export async function lockOrder(tx: Tx, id: string, consequence: string): Promise<Ordered> {
  const { rows } = await sql<Ordered>`
    select id, number, contact_id, account_id, currency, rate, to_base, placed_at, promised_at::text as promised_at, cancelled_at from orders
     where id = ${id} and deleted_at is null for no key update`.execute(tx.db);
  const order = rows[0];
  if (!order) throw notFound("order");
  if (order.cancelled_at)
    throw new Refused("conflict", "order.cancelled", `Order ${order.number} is cancelled; ${consequence}.`);
  return order;
}

/** Refuses no lines, lines named twice and quantities that are not above zero. */
export function checkLines(lines: readonly { order_line_id: string; quantity: string }[]): void {
  if (lines.length === 0) throw invalid("lines", "Name at least one line.");
  const seen = new Set<string>();
  for (const [i, { order_line_id, quantity }] of lines.entries()) {
    if (seen.has(order_line_id)) throw invalid(`lines.${i}.order_line_id`, "This line is named twice.");
    if (new Big(quantity).lte(0)) throw invalid(`lines.${i}.quantity`, "A quantity is above zero.");
    seen.add(order_line_id);
  }
}
