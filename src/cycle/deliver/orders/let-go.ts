import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { record } from "#timeline";
import { refreshOrders } from "./derive.ts";
import type { Ordered } from "./lock.ts";

/** What is to be paid for an order and what was received, minor units. */
export interface PaidState {
  total: number;
  paid: number;
}

/** How an order stands with its money now. */
export async function paidState(tx: Tx, id: string): Promise<PaidState> {
  const { rows } = await sql<PaidState>`select total - cancelled_total as total, paid from orders where id = ${id}`.execute(tx.db); // prettier-ignore
  return rows[0]!;
}

/** Tells that an order is paid when what was received is enough now and was not before; answers the fact. */
export async function tellIfSettled(tx: Tx, order: Ordered, before: PaidState, cause: string): Promise<string | null> {
  const now = await paidState(tx, order.id);
  if (before.paid === 0 || before.paid >= before.total || now.paid < now.total) return null;
  return record(tx, {
    name: "order.paid",
    contact_id: order.contact_id,
    account_id: order.account_id,
    caused_by: cause,
    payload: { order_id: order.id, number: order.number, currency: order.currency, amount: 0, base_amount: 0 },
  });
}

/** Asks for so much less of an order, minor units: what was credited as goodwill is to be paid no more. */
export async function letGo(tx: Tx, order: Ordered, amount: number, cause: string): Promise<void> {
  const before = await paidState(tx, order.id);
  await sql`update orders set goodwill = goodwill + ${amount} where id = ${order.id}`.execute(tx.db);
  await refreshOrders(tx, [order.id]);
  await tellIfSettled(tx, order, before, cause);
}
