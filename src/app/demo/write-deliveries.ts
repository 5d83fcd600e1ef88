import { sql } from "kysely";
import { newId } from "#kernel/id";
import { refreshOrders } from "#deliver/orders";
import type { Tx } from "#platform/context";
import { noteChanges } from "#records";
import { recordAll, type FactInput } from "#timeline";
import { chanceOf, type Chance } from "./company/chance.ts";
import { sample } from "./sample.ts";

const dayMs = 86_400_000;
// Older orders came before Rondo did: they have no shipments here, and wait for none.
const recentDays = 45;

interface Line {
  id: string;
  description: string;
  quantity: string;
}
export interface Recent {
  id: string;
  number: string;
  contact_id: string | null;
  account_id: string | null;
  placed_at: Date;
  placed_fact: string;
  /** The order.delivered fact, when the story told one, and how late it came. */
  delivered_fact: string | null;
  delivered_at: Date | null;
  days_late: number;
  lines: Line[];
}
interface Parcel {
  id: string;
  number: string;
  order: Recent;
  carrier: string;
  tracking_number: string;
  promised_at: string;
  shipped_at: Date;
  delivered_at: Date | null;
  sent_fact: string;
  arrived_fact: string | null;
  /** Whether nothing is left to be sent after it. */
  last: boolean;
  lines: { id: string; order_line_id: string; quantity: string; description: string }[];
}

/** Writes the parcels of the sample's recent orders: rows that agree with what the story told of their arrival. */
export async function writeDeliveries(tx: Tx, today: Date): Promise<void> {
  await writeParcels(tx, today);
  // An order is delivered because its last parcel arrived.
  await sql`
    update facts f set caused_by = s.delivered_fact from orders o
      join lateral (select delivered_fact from shipments where order_id = o.id and delivered_fact is not null order by delivered_at desc limit 1) s on true
     where o.placed_at >= ${new Date(today.getTime() - recentDays * dayMs)} and f.id = o.delivered_fact`.execute(tx.db);
}

async function writeParcels(tx: Tx, today: Date): Promise<void> {
  const orders = await recentOrders(tx, new Date(today.getTime() - recentDays * dayMs));
  if (orders.length === 0) return;
  const parcels = orders.flatMap((o) => parcelsOf(o, today));
  await sql`
    update orders o set promised_at = r.promised_at, delivered_at = r.delivered_at, delivered_fact = r.delivered_fact
      from json_to_recordset(${JSON.stringify(orders.map((o) => ({ ...o, promised_at: promised(o) })))}::json)
             as r(id uuid, promised_at date, delivered_at timestamptz, delivered_fact uuid) where o.id = r.id`.execute(tx.db);
  await sql`update order_lines set ships = true, shipped_quantity = case when returned_quantity > 0 then quantity else 0 end where order_id = any(${orders.map((o) => o.id)})`.execute(tx.db);
  await insertParcels(tx, parcels);
  await sql`
    update order_lines l set shipped_quantity = s.sent, delivered_quantity = s.arrived
      from (select sl.order_line_id, sum(sl.quantity) as sent, coalesce(sum(sl.quantity) filter (where h.delivered_at is not null), 0) as arrived
              from shipment_lines sl join shipments h on h.id = sl.shipment_id where h.id = any(${parcels.map((p) => p.id)}) group by 1) s
     where l.id = s.order_line_id`.execute(tx.db);
  await refreshOrders(tx, orders.map((o) => o.id));
  await noteChanges(tx, parcels.map((p) => ({ object: "shipment", record_id: p.id, action: "created", fields: null })));
  await recordAll(tx, parcels.flatMap(factsOf).toSorted((a, b) => Number(a.occurred_at) - Number(b.occurred_at)));
} // prettier-ignore

async function recentOrders(tx: Tx, since: Date): Promise<Recent[]> {
  const { rows } = await sql<Recent>`
    select o.id, o.number, o.contact_id, o.account_id, o.placed_at, o.placed_fact, f.id as delivered_fact, f.occurred_at as delivered_at,
           coalesce((f.payload->>'days_late')::int, 0) as days_late,
           (select json_agg(json_build_object('id', l.id, 'description', l.description, 'quantity', trim_scale(l.quantity)::text) order by l.position) from order_lines l
             where l.order_id = o.id) as lines
      from orders o join external_ids e on e.object = 'order' and e.system = ${sample} and e.record_id = o.id
      left join facts f on f.name = 'order.delivered' and f.contact_id = o.contact_id and f.payload->>'order_id' = o.id::text
     where o.placed_at >= ${since} and o.cancelled_at is null and not exists (select from shipments s where s.order_id = o.id)
     order by o.placed_at, o.number`.execute(tx.db);
  return rows;
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The day that was promised: late parcels were promised for before; what has not arrived yet is promised four days after the placing. */
const promised = (o: Recent): string =>
  o.delivered_at ? dayOf(o.delivered_at.getTime() - o.days_late * dayMs) : dayOf(o.placed_at.getTime() + 4 * dayMs);

function parcelsOf(o: Recent, today: Date): Parcel[] {
  const chance = chanceOf(`${o.number} parcels`);
  const waits = (today.getTime() - o.placed_at.getTime()) / dayMs;
  // The newest are still to be packed.
  if (!o.delivered_at && (waits < 0.9 || chance.yes(0.25))) return [];
  const split = o.lines.length > 1 && chance.yes(o.delivered_at ? 0.15 : 0.4);
  const halves = split ? [o.lines.slice(0, -1), o.lines.slice(-1)] : [o.lines];
  // Half of those in two parcels, of which nothing has arrived, have sent the first one only.
  const gone = split && !o.delivered_at && chance.yes(0.6) ? halves.slice(0, 1) : halves;
  const span = (o.delivered_at?.getTime() ?? today.getTime()) - o.placed_at.getTime();
  return gone.map((lines, i) => parcelOf(o, lines, chance, new Date(o.placed_at.getTime() + span * (0.3 + 0.25 * i)), i === halves.length - 1));
} // prettier-ignore

function parcelOf(order: Recent, lines: readonly Line[], chance: Chance, shipped_at: Date, last: boolean): Parcel {
  const carrier = chance.pick(["dhl", "dpd", "gls", "ups"]);
  const digits = Array.from({ length: 12 }, () => chance.whole(0, 9)).join("");
  // Of two parcels the first came a little before the second, whose arrival the story tells.
  const arrived = order.delivered_at && (last ? order.delivered_at.getTime() : (order.delivered_at.getTime() + shipped_at.getTime()) / 2); // prettier-ignore
  return {
    id: newId(),
    number: `${order.number}-${last ? (lines.length < order.lines.length ? 2 : 1) : 1}`,
    order,
    carrier,
    tracking_number: `00${digits}`,
    promised_at: promised(order),
    shipped_at,
    delivered_at: arrived ? new Date(arrived) : null,
    sent_fact: newId(),
    arrived_fact: arrived ? newId() : null,
    last,
    lines: lines.map((l) => ({ id: newId(), order_line_id: l.id, quantity: l.quantity, description: l.description })),
  };
}

async function insertParcels(tx: Tx, parcels: readonly Parcel[]): Promise<void> {
  const rows = parcels.map(({ order, lines, arrived_fact, ...p }) => ({
    ...p,
    order_id: order.id,
    contact_id: order.contact_id,
    account_id: order.account_id,
    line_count: lines.length,
    delivered_fact: arrived_fact,
  }));
  await sql`
    insert into shipments (id, number, order_id, contact_id, account_id, carrier, tracking_number, promised_at, shipped_at, delivered_at, line_count, sent_fact, delivered_fact)
    select r.* from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, number text, order_id uuid, contact_id uuid, account_id uuid, carrier text,
           tracking_number text, promised_at date, shipped_at timestamptz, delivered_at timestamptz, line_count int, sent_fact uuid, delivered_fact uuid)`.execute(tx.db);
  const lines = parcels.flatMap((p) => p.lines.map((l) => ({ ...l, shipment_id: p.id })));
  await sql`
    insert into shipment_lines (id, shipment_id, order_line_id, quantity)
    select r.* from json_to_recordset(${JSON.stringify(lines)}::json) as r(id uuid, shipment_id uuid, order_line_id uuid, quantity numeric)`.execute(tx.db);
} // prettier-ignore

const carriers: Readonly<Record<string, string>> = { dhl: "DHL", dpd: "DPD", gls: "GLS", ups: "UPS" };

function factsOf(p: Parcel): FactInput[] {
  const { contact_id, account_id } = p.order;
  const same = { order_id: p.order.id, number: p.order.number, shipment_id: p.id, shipment_number: p.number };
  const goods = p.lines.map(({ description, quantity }) => ({ description, quantity }));
  const sent: FactInput = {
    id: p.sent_fact,
    name: "shipment.sent",
    contact_id,
    account_id,
    occurred_at: p.shipped_at,
    caused_by: p.order.placed_fact,
    payload: { ...same, carrier: carriers[p.carrier] ?? null, tracking_number: p.tracking_number, tracking_url: null, goods, complete: p.last },
  };
  if (!p.arrived_fact || !p.delivered_at) return [sent];
  return [sent, { id: p.arrived_fact, name: "shipment.delivered", contact_id, account_id, occurred_at: p.delivered_at, caused_by: p.sent_fact, payload: same }];
} // prettier-ignore
