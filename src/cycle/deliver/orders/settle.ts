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
  total: number;
  paid: number;
  refunded: number;
  cancelled: boolean;
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
  const { rows } = await sql<SettledOrder>`
    update orders o
       set paid = ${paid}, refunded = ${refunded}, updated_at = ${tx.clock()},
           payment_status = ${paymentStatus(sql`o.total`, sql`(${paid})`, sql`(${refunded})`)},
           status = ${orderStatus(sql`o.cancelled_at`, sql`o.total`, sql`(${paid})`)}
      from json_to_recordset(${JSON.stringify(settlements)}::json) as s(order_id uuid, paid bigint, refunded bigint)
     where o.id = s.order_id and o.deleted_at is null and s.paid >= 0 and s.refunded >= 0
       and ${paid} <= o.total and ${refunded} <= ${paid} and (s.paid = 0 or o.cancelled_at is null)
    returning o.id, o.number, o.currency, o.to_base, o.contact_id, o.account_id, o.total, o.paid, o.refunded, o.cancelled_at is not null as cancelled`.execute(
    tx.db,
  );
  return new Map(rows.map((o) => [o.id, o]));
}
