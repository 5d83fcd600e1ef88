import { sql } from "kysely";
import type { RawJson } from "#kernel/endpoint";
import { notFound } from "#kernel/refusal";
import { moneyOf } from "#deliver/orders";
import type { Ctx } from "#platform/context";
import { findRecord } from "#records";
import { trackingUrl } from "./carriers.ts";
import { shipment } from "./shipment.ts";

const lines = sql`
  (select coalesce(json_agg(json_build_object('order_line_id', l.id, 'description', l.description, 'quantity', trim_scale(s.quantity)::text) order by l.position), '[]')
     from shipment_lines s join order_lines l on l.id = s.order_line_id where s.shipment_id = h.id)`;

interface Told {
  carrier: string | null;
  tracking_number: string | null;
}

const withPage = <T extends Told>(row: T): T & { tracking_url: string | null } => ({ ...row, tracking_url: trackingUrl(row.carrier, row.tracking_number) }); // prettier-ignore

/** A shipment with its lines and the carrier's page about it. */
export async function findShipment(ctx: Ctx, id: string): Promise<RawJson<Record<string, unknown>>> {
  const { json } = await findRecord(ctx, shipment, id);
  const { rows } = await sql<{ lines: unknown }>`select ${lines} as lines from shipments h where id = ${id}`.execute(ctx.db);
  return { json: JSON.stringify({ ...withPage(JSON.parse(json) as Told), lines: rows[0]!.lines }) };
} // prettier-ignore

/** Shipments of an order, newest first, at most 500. */
export async function shipmentsOf(ctx: Ctx, orderId: string): Promise<{ items: Record<string, unknown>[] }> {
  if (!(await moneyOf(ctx, orderId))) throw notFound("order");
  const { rows } = await sql<Told & Record<string, unknown>>`
    select h.id, h.number, h.order_id, h.carrier, h.tracking_number, h.promised_at::text as promised_at, h.shipped_at, h.delivered_at, ${lines} as lines
      from shipments h where h.order_id = ${orderId} order by h.shipped_at desc, h.id desc limit 500`.execute(ctx.db);
  return { items: rows.map(withPage) };
} // prettier-ignore

export interface ToShip {
  id: string;
  number: string;
  contact_id: string | null;
  account_id: string | null;
  customer: string | null;
  promised_at: string | null;
  placed_at: Date;
  base_total: number;
  /** Lines to be sent, and those of them that went completely. */
  lines: number;
  sent: number;
}

// An order nobody promised a day for is due this many days after its placing.
const patienceDays = 3;

/** Orders with goods to be sent by the end of today in the company's zone, most overdue first, at most 200. */
export async function dueToShip(ctx: Ctx): Promise<ToShip[]> {
  const now = ctx.clock();
  const today = sql`(${now}::timestamptz at time zone ${ctx.workspace.time_zone})::date`;
  const { rows } = await sql<ToShip>`
    select o.id, o.number, o.contact_id, o.account_id, coalesce(c.name, a.name) as customer, o.promised_at::text as promised_at, o.placed_at, o.base_total,
           n.lines, n.sent
      from orders o left join contacts c on c.id = o.contact_id left join accounts a on a.id = o.account_id
      join lateral (select count(*)::int as lines, (count(*) filter (where shipped_quantity + cancelled_quantity = quantity))::int as sent
                      from order_lines where order_id = o.id and ships and cancelled_quantity < quantity) n on true
     where o.fulfilment_status in ('none', 'partial') and o.cancelled_at is null and o.deleted_at is null
       and (o.promised_at <= ${today} or o.promised_at is null and o.placed_at <= ${now}::timestamptz - make_interval(days => ${patienceDays}))
     order by coalesce(o.promised_at, (o.placed_at + make_interval(days => ${patienceDays}))::date), o.id limit 200`.execute(ctx.db);
  return rows;
} // prettier-ignore

/** Shipments of this customer that have not arrived, oldest first, at most 20. */
export async function onTheirWay(ctx: Ctx, who: { contact_id?: string | undefined; account_id?: string | undefined }) {
  const { rows } = await sql<Told & { id: string; number: string; order_id: string; order_number: string; promised_at: string | null; shipped_at: Date }>`
    select h.id, h.number, h.order_id, o.number as order_number, h.carrier, h.tracking_number, h.promised_at::text as promised_at, h.shipped_at
      from shipments h join orders o on o.id = h.order_id
     where h.delivered_at is null and h.deleted_at is null and (h.contact_id = ${who.contact_id ?? null} or h.account_id = ${who.account_id ?? null})
     order by h.shipped_at, h.id limit 20`.execute(ctx.db);
  return rows.map(withPage);
} // prettier-ignore
