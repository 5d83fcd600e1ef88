import { sql } from "kysely";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { noteChanges } from "#records";
import { record } from "#timeline";
import { orderStatus } from "./derive.ts";

interface Cancelled {
  number: string;
  contact_id: string | null;
  account_id: string | null;
  placed_fact: string | null;
}

/** Cancels an order with a reason; money that was received stays until it is given back. Refused when it is cancelled already. */
export const cancelOrder = (ctx: Ctx | Tx, id: string, reason: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const now = tx.clock();
    const { number, placed_fact: caused_by, ...whose } = await setCancelled(tx, id, now, reason);
    await noteChanges(
      tx,
      [
        {
          object: "order",
          record_id: id,
          action: "updated",
          fields: { cancelled_at: [null, now], cancel_reason: [null, reason] },
        },
      ],
      reason,
    );
    await record(tx, { name: "order.cancelled", ...whose, caused_by, payload: { order_id: id, number, reason } });
  });

/** Takes the cancellation back. Refused when the order is not cancelled. */
export const reopenOrder = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { number, placed_fact: caused_by, ...whose } = await setCancelled(tx, id, null, null);
    await noteChanges(tx, [
      { object: "order", record_id: id, action: "updated", fields: { status: ["cancelled", "open"] } },
    ]);
    await record(tx, { name: "order.reopened", ...whose, caused_by, payload: { order_id: id, number } });
  });

async function setCancelled(tx: Tx, id: string, at: Date | null, reason: string | null): Promise<Cancelled> {
  const { rows } = await sql<Cancelled>`
    update orders o set cancelled_at = ${at}::timestamptz, cancel_reason = ${reason}, status = ${orderStatus(sql`${at}::timestamptz`, sql`(o.total - o.cancelled_total)`, sql`o.paid`, sql`o.fulfilment_status`)},
           updated_at = ${tx.clock()}, version = version + 1
     where id = ${id} and deleted_at is null and cancelled_at is ${sql.raw(at ? "null and fulfilment_status in ('not_needed', 'none')" : "not null")} returning number, contact_id, account_id, placed_fact`.execute(
    tx.db,
  );
  if (rows[0]) return rows[0];
  const { rows: there } = await sql<{ cancelled: boolean }>`
    select cancelled_at is not null as cancelled from orders where id = ${id} and deleted_at is null`.execute(tx.db);
  if (!there[0]) throw notFound("order");
  if (at && !there[0].cancelled)
    throw new Refused(
      "conflict",
      "order.shipped",
      "Goods of this order are on their way. Cancel the quantities that are still open.",
    );
  throw new Refused(
    "conflict",
    at ? "order.cancelled" : "order.not-cancelled",
    at ? "The order is cancelled already." : "The order is not cancelled.",
  );
}
