import { sql } from "kysely";
import type { RawJson } from "#kernel/endpoint";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { findRecord, objectNamed } from "#records";
import { order } from "./order.ts";
import { goodsReturn } from "./parts.ts";
import type { SettledOrder } from "./settle.ts";

/** So many lines are shown with their order; more are read from /order-lines. */
export const linesShown = 2000;

const withLines = (record: RawJson<Record<string, unknown>>, lines: string): RawJson<Record<string, unknown>> => ({
  json: `${record.json.slice(0, -1)},"lines":${lines}}`,
});

/** An order with its first lines and their products; quantities and prices are exact decimal strings. */
export async function findOrder(ctx: Ctx, id: string): Promise<RawJson<Record<string, unknown>>> {
  const record = await findRecord(ctx, order, id);
  const { rows } = await sql<{ lines: string }>`
    select coalesce(json_agg(row_to_json(x) order by x.position), '[]')::text as lines from (
      select l.id, l.position, l.product_id, case when p.id is not null then json_build_object('id', p.id, 'title', p.name) end as product, l.description,
             trim_scale(l.quantity)::text as quantity, trim_scale(l.returned_quantity)::text as returned_quantity, trim_scale(l.unit_price)::text as unit_price, l.total,
             l.ships, l.discount, trim_scale(l.tax_rate)::text as tax_rate, l.tax, trim_scale(l.cancelled_quantity)::text as cancelled_quantity,
             trim_scale(l.shipped_quantity)::text as shipped_quantity, trim_scale(l.delivered_quantity)::text as delivered_quantity,
             trim_scale(l.invoiced_quantity)::text as invoiced_quantity
        from order_lines l left join ${sql.table(objectNamed("product").table)} p on p.id = l.product_id
       where l.order_id = ${id} order by l.position limit ${linesShown}) x`.execute(ctx.db);
  return withLines(record, rows[0]!.lines);
}

const returnLines = sql`
  coalesce((select json_agg(json_build_object('id', l.id, 'order_line_id', l.order_line_id, 'product_id', l.product_id, 'description', l.description,
                     'quantity', trim_scale(l.quantity)::text, 'unit_price', trim_scale(l.unit_price)::text, 'total', l.total) order by l.position)
              from return_lines l where l.return_id = r.id), '[]')`;

/** A return with its lines. */
export async function findReturn(ctx: Ctx, id: string): Promise<RawJson<Record<string, unknown>>> {
  const record = await findRecord(ctx, goodsReturn, id);
  const { rows } = await sql<{
    lines: string;
  }>`select ${returnLines}::text as lines from returns r where id = ${id}`.execute(ctx.db);
  return withLines(record, rows[0]!.lines);
}

/** Returns of which something came from this order, newest first, at most 500. */
export async function returnsOf(ctx: Ctx, orderId: string): Promise<RawJson<{ items: Record<string, unknown>[] }>> {
  if (!(await moneyOf(ctx, orderId))) throw notFound("order");
  const { rows } = await sql<{ items: string }>`
    select coalesce(json_agg(row_to_json(x) order by x.returned_at desc, x.id desc), '[]')::text as items from (
      select r.id, r.number, r.order_id, r.returned_at, r.reason, r.reason_id, r.currency, r.total, r.base_total, ${returnLines} as lines
        from returns r
       where r.id in (select rl.return_id from return_lines rl join order_lines l on l.id = rl.order_line_id where l.order_id = ${orderId})
       order by r.returned_at desc, r.id desc limit 500) x`.execute(ctx.db);
  return { json: `{"items":${rows[0]!.items}}` };
}

/** What the order costs and what was received and given back; null when there is no such order. */
export async function moneyOf(ctx: Ctx, id: string): Promise<SettledOrder | null> {
  const { rows } = await sql<SettledOrder>`
    select id, number, currency, to_base, contact_id, account_id, total - cancelled_total as total, paid, refunded, cancelled_at is not null as cancelled from orders
     where id = ${id} and deleted_at is null`.execute(ctx.db);
  return rows[0] ?? null;
}

/** Quantities of this order that were cancelled, newest first, at most 500; those of one act belong together. */
export async function cancellationsOf(ctx: Ctx, orderId: string): Promise<RawJson<{ items: Record<string, unknown>[] }>> {
  if (!(await moneyOf(ctx, orderId))) throw notFound("order");
  const { rows } = await sql<{ items: string }>`
    select coalesce(json_agg(row_to_json(x)), '[]')::text as items from (
      select c.act_id, c.cancelled_at, c.reason, sum(c.amount)::bigint as amount,
             json_agg(json_build_object('order_line_id', c.order_line_id, 'description', l.description, 'quantity', trim_scale(c.quantity)::text) order by l.position) as lines
        from line_cancellations c join order_lines l on l.id = c.order_line_id
       where c.order_id = ${orderId} group by c.act_id, c.cancelled_at, c.reason order by c.cancelled_at desc, c.act_id desc limit 500) x`.execute(ctx.db);
  return { json: `{"items":${rows[0]!.items}}` };
} // prettier-ignore
