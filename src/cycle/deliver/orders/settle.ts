import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { lockOrders, orderStatus, paymentStatus } from "./derive.ts";

/** Money that came in or went back for one order, minor units of its currency, zero or more. */
export interface Settlement {
  order_id: string;
  paid: number;
  refunded: number;
}

/** The order as it stands after money moved: what a payment must know of it. */
export interface SettledOrder {
  id: string;
  number: string;
  currency: string;
  to_base: string;
  contact_id: string | null;
  account_id: string | null;
  /** What is to be paid: the lines less what was cancelled. */
  total: number;
  paid: number;
  refunded: number;
  cancelled: boolean;
  /** The fact that told of its placing. */
  placed_fact: string | null;
}

/**
 * Adds what was received and given back, and derives the statuses, in one conditional statement: never more received than the
 * order costs, never more given back than received, nothing received for a cancelled order. Answers the orders that took it;
 * one that is missing in the answer is unchanged. Sums of one order must come as one settlement.
 */
export async function settle(tx: Tx, settlements: readonly Settlement[]): Promise<Map<string, SettledOrder>> {
  if (settlements.length === 0) return new Map();
  if (settlements.length > 1)
    await lockOrders(
      tx,
      settlements.map((s) => s.order_id),
    );
  const paid = sql`o.paid + s.paid`;
  const refunded = sql`o.refunded + s.refunded`;
  const total = sql`(o.total - o.cancelled_total)`;
  const { rows } = await sql<SettledOrder>`
    update orders o
       set paid = ${paid}, refunded = ${refunded}, updated_at = ${tx.clock()},
           payment_status = ${paymentStatus(total, sql`(${paid})`, sql`(${refunded})`)},
           status = ${orderStatus(sql`o.cancelled_at`, total, sql`(${paid})`, sql`o.fulfilment_status`)}
      from json_to_recordset(${JSON.stringify(settlements)}::json) as s(order_id uuid, paid bigint, refunded bigint)
     where o.id = s.order_id and o.deleted_at is null and s.paid >= 0 and s.refunded >= 0
       and (s.paid = 0 or ${paid} <= ${total} and o.cancelled_at is null) and ${refunded} <= ${paid}
    returning o.id, o.number, o.currency, o.to_base, o.contact_id, o.account_id, ${total} as total, o.paid, o.refunded, o.cancelled_at is not null as cancelled, o.placed_fact`.execute(
    tx.db,
  );
  return new Map(rows.map((o) => [o.id, o]));
}
