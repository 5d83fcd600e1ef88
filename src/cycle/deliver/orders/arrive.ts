import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { record, withdraw } from "#timeline";

interface Arrived {
  number: string;
  contact_id: string | null;
  account_id: string | null;
  status: string;
  delivered_fact: string | null;
  promised_at: string | null;
}

const dayMs = 86_400_000;

/** Whole days in the company's zone from the promised day (2026-11-30) to the arrival; 0 when it came in time. */
export function daysLate(promised: string | null, arrived: Date, timeZone: string): number {
  if (!promised) return 0;
  const day = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(arrived);
  return Math.max(0, Math.round((Date.parse(day) - Date.parse(promised)) / dayMs));
}

/**
 * Tells that an order arrived once nothing of it is left to come, and takes that back when something is again. The order's
 * quantities are refreshed before; `at` is when the last piece came, `cause` the fact that made it so.
 */
export async function tellArrival(tx: Tx, orderId: string, at: Date, cause: string): Promise<void> {
  const { rows } = await sql<Arrived>`
    select number, contact_id, account_id, fulfilment_status as status, delivered_fact, promised_at::text as promised_at from orders where id = ${orderId} for no key update`.execute(tx.db);
  const order = rows[0];
  if (!order || (order.status === "delivered") === (order.delivered_fact !== null)) return;
  if (order.delivered_fact) {
    await withdraw(tx, [order.delivered_fact], cause);
    await sql`update orders set delivered_at = null, delivered_fact = null where id = ${orderId}`.execute(tx.db);
    return;
  }
  const late = daysLate(order.promised_at, at, tx.workspace.time_zone);
  const fact = await record(tx, {
    name: "order.delivered",
    contact_id: order.contact_id,
    account_id: order.account_id,
    occurred_at: at,
    caused_by: cause,
    payload: { order_id: orderId, number: order.number, ...(late > 0 ? { days_late: late } : {}) },
  });
  await sql`update orders set delivered_at = ${at}, delivered_fact = ${fact} where id = ${orderId}`.execute(tx.db);
} // prettier-ignore
