import { sql, type RawBuilder } from "kysely";
import type { Tx } from "#platform/context";

/*
 * What an order's state follows from, said once. Every statement that changes a source (lines, money, returns) uses these.
 *
 *   payment_status  nothing_due (nothing to pay), unpaid, part_paid, paid, then part_refunded or refunded (all received is back)
 *   status          cancelled, or completed when as much was received as it costs and nothing is left to arrive, else open
 *   fulfilment      of the lines that we ship, less what was cancelled: not_needed, none, partial, shipped, delivered
 *   return_status   by quantities: none, part, full
 */
type Part = RawBuilder<unknown>;

/** SQL of the payment status for these amounts. */
export const paymentStatus = (total: Part, paid: Part, refunded: Part): Part => sql`
  case when ${total} = 0 and ${paid} = 0 then 'nothing_due' when ${refunded} > 0 and ${refunded} >= ${paid} then 'refunded' when ${refunded} > 0 then 'part_refunded'
       when ${paid} >= ${total} then 'paid' when ${paid} > 0 then 'part_paid' else 'unpaid' end`;

/** SQL of the order's status for these amounts. */
export const orderStatus = (cancelledAt: Part, total: Part, paid: Part, fulfilment: Part): Part => sql`
  case when ${cancelledAt} is not null then 'cancelled' when ${paid} >= ${total} and ${fulfilment} in ('not_needed', 'delivered') then 'completed' else 'open' end`;

// What of the lines is asked for no more.
const less = sql`least(d.total, d.cancelled + o.goodwill)`;

// Sums over the lines that ship: what has to go out, what went, what arrived.
const fulfilment = sql`
  case when d.to_ship = 0 then 'not_needed' when d.delivered = d.to_ship then 'delivered' when d.shipped = d.to_ship then 'shipped' when d.shipped > 0 then 'partial'
       else 'none' end`;

/** Locks the orders in the order of their ids, so that two writers never wait for each other in a ring. */
export async function lockOrders(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`select 1 from orders where id = any(${[...ids]}::uuid[]) order by id for no key update`.execute(tx.db);
}

/**
 * Brings sums and statuses of the orders up to their lines, money and returns. The lock comes first in a statement of its own:
 * the update then reads what others committed before it, and nobody can change it until we are done.
 */
export async function refreshOrders(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await lockOrders(tx, ids);
  await sql`
    update orders o
       set line_count = d.lines, total = d.total, base_total = round(d.total * o.to_base), returned = d.returned, updated_at = ${tx.clock()},
           cancelled_total = ${less}, fulfilment_status = ${fulfilment}, payment_status = ${paymentStatus(sql`(d.total - ${less})`, sql`o.paid`, sql`o.refunded`)},
           status = ${orderStatus(sql`o.cancelled_at`, sql`(d.total - ${less})`, sql`o.paid`, fulfilment)},
           return_status = case when d.quantity_back = 0 then 'none' when d.quantity_back < d.quantity then 'part' else 'full' end
      from (
        select i.id, count(l.id) as lines, coalesce(sum(l.total), 0) as total, coalesce(sum(l.quantity - l.cancelled_quantity), 0) as quantity,
               coalesce(sum(l.returned_quantity), 0) as quantity_back,
               coalesce(sum(l.quantity - l.cancelled_quantity) filter (where l.ships), 0) as to_ship,
               coalesce(sum(l.shipped_quantity) filter (where l.ships), 0) as shipped, coalesce(sum(l.delivered_quantity) filter (where l.ships), 0) as delivered,
               coalesce(sum((select sum(c.amount) from line_cancellations c where c.order_line_id = l.id)), 0) as cancelled,
               coalesce(sum((select sum(r.total) from return_lines r where r.order_line_id = l.id)), 0) as returned
          from unnest(${[...ids]}::uuid[]) as i(id) left join order_lines l on l.order_id = i.id
         group by i.id) d
     where o.id = d.id`.execute(tx.db);
}
