import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";

const dayMs = 86_400_000;

/** What holds for all orders: how long goods may come back, and how long an invoice may stay open. */
export interface OrderTerms {
  return_days: number;
  payment_days: number;
  version: number;
}

/** The company's terms; 30 days to return and 14 to pay until somebody says otherwise. */
export async function orderTerms(ctx: Ctx): Promise<OrderTerms> {
  const { rows } = await sql<OrderTerms>`select return_days, payment_days, version from order_terms`.execute(ctx.db);
  return rows[0] ?? { return_days: 30, payment_days: 14, version: 0 };
}

/** Changes the terms from now on; invoices that are out keep theirs. Refused when somebody changed them since that version. */
export const changeOrderTerms = (ctx: Ctx | Tx, { version, ...terms }: OrderTerms): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql`
      insert into order_terms as t (return_days, payment_days, version) values (${terms.return_days}, ${terms.payment_days}, ${version + 1})
          on conflict (one) do update set return_days = excluded.return_days, payment_days = excluded.payment_days, version = t.version + 1
       where t.version = ${version} returning version`.execute(tx.db);
    if (rows.length === 0)
      throw new Refused("stale", "record.stale", "Somebody changed these terms since you opened them.", { detail: { current: await orderTerms(tx) } });
  }); // prettier-ignore

/**
 * When goods of this order can no longer come back: so many days after the last piece arrived, or after the placing where nothing
 * is shipped by us. Null while goods are still to arrive, and for an order that is cancelled or not there.
 */
export async function returnWindowEnds(ctx: Ctx, orderId: string): Promise<Date | null> {
  const { rows } = await sql<{ from: Date | null }>`
    select case when fulfilment_status = 'not_needed' then placed_at else delivered_at end as from from orders
     where id = ${orderId} and cancelled_at is null and deleted_at is null`.execute(ctx.db);
  const from = rows[0]?.from;
  return from ? new Date(from.getTime() + (await orderTerms(ctx)).return_days * dayMs) : null;
}
