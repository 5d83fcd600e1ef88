import { sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid } from "#kernel/refusal";
import { checkLines, lockOrder, refreshOrders, type Ordered } from "#deliver/orders";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { customOfNew, notedCustom, noteChanges, orTaken } from "#records";
import { record } from "#timeline";
import { carrierName, trackingUrl } from "./carriers.ts";
import { shipment } from "./shipment.ts";

export interface NewShipment {
  /** Everything that is still open when absent. */
  lines?: readonly Piece[] | undefined;
  carrier?: string | null | undefined;
  tracking_number?: string | null | undefined;
  /** 2026-11-30; the order's own promise when absent. */
  promised_at?: string | null | undefined;
  shipped_at?: string | Date | null | undefined;
  custom?: Record<string, unknown> | undefined;
}

interface Piece {
  order_line_id: string;
  quantity: string;
}

interface Gone {
  id: string;
  position: number;
  description: string;
  quantity: string;
}

const dayMs = 86_400_000;
const goodsTold = 20;

/** Sends goods of an order, never more of a line than is still open; answers the shipment's id. */
export const shipGoods = (ctx: Ctx | Tx, orderId: string, input: NewShipment): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const order = await lockOrder(tx, orderId, "nothing of it can be sent");
    const shipped_at = input.shipped_at ? new Date(input.shipped_at) : tx.clock();
    if (shipped_at.getTime() > tx.clock().getTime() + dayMs) throw invalid("shipped_at", "This is in the future.");
    if (shipped_at < order.placed_at) throw invalid("shipped_at", "This is before the order was placed.");
    const pieces = input.lines ?? (await openPieces(tx, orderId));
    if (input.lines) checkLines(pieces);
    if (pieces.length === 0) throw invalid("lines", "Nothing of this order is left to send.", "ship.nothing-left");
    const gone = await take(tx, orderId, pieces);
    const id = newId();
    const parcel = {
      id,
      order_id: orderId,
      contact_id: order.contact_id,
      account_id: order.account_id,
      carrier: input.carrier ?? null,
      tracking_number: input.tracking_number || null,
      promised_at: input.promised_at ?? order.promised_at,
      shipped_at,
      custom: await customOfNew(tx, shipment, input.custom, {
        id,
        contact_id: order.contact_id,
        account_id: order.account_id,
      }),
    };
    const number = await orTaken(tx, shipment, () => write(tx, parcel, gone));
    await refreshOrders(tx, [orderId]);
    await tell(tx, order, { ...parcel, number }, gone);
    return id;
  });

async function openPieces(tx: Tx, orderId: string): Promise<Piece[]> {
  const { rows } = await sql<Piece>`
    select id as order_line_id, trim_scale(quantity - cancelled_quantity - shipped_quantity)::text as quantity from order_lines
     where order_id = ${orderId} and ships and shipped_quantity + cancelled_quantity < quantity order by position`.execute(tx.db);
  return rows;
} // prettier-ignore

/** The limit, in one conditional statement: of the last piece only one of two shipments has it. */
async function take(tx: Tx, orderId: string, pieces: readonly Piece[]): Promise<Gone[]> {
  const { rows } = await sql<Gone>`
    update order_lines l set shipped_quantity = l.shipped_quantity + p.quantity
      from json_to_recordset(${JSON.stringify(pieces)}::json) as p(order_line_id uuid, quantity numeric)
     where l.id = p.order_line_id and l.order_id = ${orderId} and l.ships and l.shipped_quantity + p.quantity <= l.quantity - l.cancelled_quantity
    returning l.id, l.position, l.description, trim_scale(p.quantity)::text as quantity`.execute(tx.db);
  if (rows.length === pieces.length) return rows.toSorted((a, b) => a.position - b.position);
  const i = pieces.findIndex((p) => !rows.some((r) => r.id === p.order_line_id));
  const { rows: left } = await sql<{ ships: boolean; left: string }>`
    select ships, trim_scale(quantity - cancelled_quantity - shipped_quantity)::text as left from order_lines where id = ${pieces[i]!.order_line_id} and order_id = ${orderId}`.execute(tx.db);
  if (!left[0]) throw invalid(`lines.${i}.order_line_id`, "The order has no such line.");
  if (!left[0].ships) throw invalid(`lines.${i}.order_line_id`, "This line is nothing that is sent.", "ship.no-goods");
  throw invalid(`lines.${i}.quantity`, `Only ${left[0].left} of this line can still be sent.`, "ship.too-many");
} // prettier-ignore

type Parcel = Omit<NewShipment, "lines"> & { id: string; order_id: string; contact_id: string | null; account_id: string | null; carrier: string | null; tracking_number: string | null; shipped_at: Date; custom: Record<string, unknown> }; // prettier-ignore

async function write(tx: Tx, p: Parcel, gone: readonly Gone[]): Promise<string> {
  const { rows } = await sql<{ number: string }>`
    insert into shipments (id, number, order_id, contact_id, account_id, carrier, tracking_number, promised_at, shipped_at, custom, line_count, created_at, updated_at)
    values (${p.id}, 'S' || nextval('shipment_numbers'), ${p.order_id}, ${p.contact_id}, ${p.account_id}, ${p.carrier}, ${p.tracking_number}, ${p.promised_at}::date, ${p.shipped_at},
            ${JSON.stringify(p.custom)}::jsonb, ${gone.length}, ${tx.clock()}, ${tx.clock()}) returning number`.execute(tx.db);
  const lines = gone.map((g) => ({ id: newId(), shipment_id: p.id, order_line_id: g.id, quantity: g.quantity }));
  await sql`
    insert into shipment_lines (id, shipment_id, order_line_id, quantity)
    select r.* from json_to_recordset(${JSON.stringify(lines)}::json) as r(id uuid, shipment_id uuid, order_line_id uuid, quantity numeric)`.execute(tx.db);
  await noteChanges(tx, [{ object: "shipment", record_id: p.id, action: "created", fields: notedCustom(p.custom) }]);
  return rows[0]!.number;
} // prettier-ignore

async function tell(tx: Tx, order: Ordered, p: Parcel & { number: string }, gone: readonly Gone[]): Promise<void> {
  const { rows } = await sql<{ complete: boolean; placed_fact: string | null }>`
    select fulfilment_status in ('shipped', 'delivered') as complete, placed_fact from orders where id = ${order.id}`.execute(tx.db);
  const fact = await record(tx, {
    name: "shipment.sent",
    contact_id: order.contact_id,
    account_id: order.account_id,
    occurred_at: p.shipped_at,
    caused_by: rows[0]!.placed_fact,
    payload: {
      order_id: order.id,
      number: order.number,
      shipment_id: p.id,
      shipment_number: p.number,
      carrier: carrierName(p.carrier),
      tracking_number: p.tracking_number,
      tracking_url: trackingUrl(p.carrier, p.tracking_number),
      goods: gone.slice(0, goodsTold).map(({ description, quantity }) => ({ description, quantity })),
      complete: rows[0]!.complete,
    },
  });
  await sql`update shipments set sent_fact = ${fact} where id = ${p.id}`.execute(tx.db);
} // prettier-ignore
