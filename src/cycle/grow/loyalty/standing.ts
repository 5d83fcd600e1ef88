import { sql } from "kysely";
import type { Tx } from "#platform/context";
import type { Standing } from "./order.ts";

/** These orders as points see them now; those without a contact earn for nobody and are left out. */
export async function standingsOf(tx: Tx, orders: readonly string[]): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select o.id, o.number, o.contact_id, o.cancelled_at is not null as cancelled, o.delivered_at, o.paid, m.paid_at, m.voucher, l.cost, l.lines,
           o.cancelled_at is null and o.paid > 0 and o.paid >= o.total - o.cancelled_total as settled,
           greatest(0, least(l.cost - o.goodwill, o.paid - o.refunded)) as kept
      from orders o
      cross join lateral (
        select max(received_at) filter (where kind = 'payment') as paid_at, coalesce(sum(amount) filter (where kind = 'payment' and method = 'voucher'), 0)::bigint as voucher
          from payments p where p.order_id = o.id) m
      cross join lateral (
        select coalesce(sum(x.kept), 0)::bigint as cost,
               coalesce(json_agg(json_build_object('sku', x.sku, 'net', round(x.kept * (x.total - x.tax) / nullif(x.total, 0) * o.to_base)::bigint)) filter (where x.kept > 0), '[]') as lines
          from (select p.sku, ol.total, ol.tax,
                       greatest(0, ol.total - coalesce((select sum(c.amount) from line_cancellations c where c.order_line_id = ol.id), 0)
                                            - coalesce((select sum(r.total) from return_lines r where r.order_line_id = ol.id), 0)) as kept
                  from order_lines ol left join products p on p.id = ol.product_id where ol.order_id = o.id) x) l
     where o.id = any(${orders}) and o.contact_id is not null`.execute(tx.db);
  return rows;
} // prettier-ignore
