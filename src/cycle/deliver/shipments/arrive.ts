import { sql } from "kysely";
import { invalid, notFound, Refused } from "#kernel/refusal";
import { refreshOrders, tellArrival } from "#deliver/orders";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { noteChanges } from "#records";
import { record, withdraw } from "#timeline";

interface Held {
  id: string;
  number: string;
  order_id: string;
  order_number: string;
  contact_id: string | null;
  account_id: string | null;
  shipped_at: Date;
  delivered_at: Date | null;
  sent_fact: string | null;
  delivered_fact: string | null;
}

const dayMs = 86_400_000;

/** Marks a shipment as arrived; the order has arrived with its last piece. Refused when it has arrived already. */
export const markDelivered = (ctx: Ctx | Tx, id: string, at?: string | Date | null): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const s = await hold(tx, id);
    if (s.delivered_at) throw new Refused("conflict", "shipment.delivered", "This shipment has arrived already.");
    const delivered_at = at ? new Date(at) : new Date(Math.max(tx.clock().getTime(), s.shipped_at.getTime()));
    if (delivered_at < s.shipped_at) throw invalid("delivered_at", "This is before it was sent.");
    if (delivered_at.getTime() > tx.clock().getTime() + dayMs) throw invalid("delivered_at", "This is in the future.");
    await move(tx, s, "delivered_quantity", 1);
    const fact = await record(tx, { name: "shipment.delivered", ...whose(s), occurred_at: delivered_at, caused_by: s.sent_fact, payload: told(s) });
    await sql`update shipments set delivered_at = ${delivered_at}, delivered_fact = ${fact}, updated_at = ${tx.clock()}, version = version + 1 where id = ${id}`.execute(tx.db);
    await note(tx, s, { delivered_at: [null, delivered_at] });
    await refreshOrders(tx, [s.order_id]);
    await tellArrival(tx, s.order_id, await lastArrival(tx, s.order_id, delivered_at), fact);
  }); // prettier-ignore

/** Takes the arrival of a shipment back: quantities, statuses and what the timeline told of it. */
export const undoDelivered = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const s = await hold(tx, id);
    if (!s.delivered_at) throw new Refused("conflict", "shipment.not-delivered", "This shipment has not arrived.");
    await move(tx, s, "delivered_quantity", -1);
    await sql`update shipments set delivered_at = null, delivered_fact = null, updated_at = ${tx.clock()}, version = version + 1 where id = ${id}`.execute(tx.db);
    await note(tx, s, { delivered_at: [s.delivered_at, null] });
    await refreshOrders(tx, [s.order_id]);
    const fact = await record(tx, { name: "shipment.taken-back", ...whose(s), caused_by: s.delivered_fact, payload: { ...told(s), what: "delivered" } });
    if (s.delivered_fact) await withdraw(tx, [s.delivered_fact], fact);
    await tellArrival(tx, s.order_id, s.delivered_at, fact);
  }); // prettier-ignore

/** Takes a shipment back as if it never left. Refused when it has arrived, or when goods came back that only it can have brought. */
export const undoShipment = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const s = await hold(tx, id);
    if (s.delivered_at)
      throw new Refused("conflict", "shipment.delivered", "This shipment has arrived. Take its arrival back first.");
    await move(tx, s, "shipped_quantity", -1);
    await sql`delete from shipments where id = ${id}`.execute(tx.db);
    await noteChanges(tx, [{ object: "order", record_id: s.order_id, action: "updated", fields: { shipment: [s.number, null] } }]);
    await refreshOrders(tx, [s.order_id]);
    const fact = await record(tx, { name: "shipment.taken-back", ...whose(s), caused_by: s.sent_fact, payload: { ...gone(s), what: "sent" } });
    if (s.sent_fact) await withdraw(tx, [s.sent_fact], fact);
  }); // prettier-ignore

const whose = ({ contact_id, account_id }: Held) => ({ contact_id, account_id });
const gone = ({ order_id, order_number: number, number: shipment_number }: Held) => ({
  order_id,
  number,
  shipment_number,
});
const told = (s: Held) => ({
  order_id: s.order_id,
  number: s.order_number,
  shipment_id: s.id,
  shipment_number: s.number,
});
const note = (tx: Tx, s: Held, fields: Record<string, [unknown, unknown]>): Promise<unknown> =>
  noteChanges(tx, [{ object: "shipment", record_id: s.id, action: "updated", fields }]);

// The order is held before the shipment, as everybody does who moves quantities.
async function hold(tx: Tx, id: string): Promise<Held> {
  await sql`select 1 from orders where id = (select order_id from shipments where id = ${id}) for no key update`.execute(tx.db);
  const { rows } = await sql<Held>`
    select s.id, s.number, s.order_id, o.number as order_number, o.contact_id, o.account_id, s.shipped_at, s.delivered_at, s.sent_fact, s.delivered_fact
      from shipments s join orders o on o.id = s.order_id where s.id = ${id} for update of s`.execute(tx.db);
  if (!rows[0]) throw notFound("shipment");
  return rows[0];
} // prettier-ignore

/** Moves the quantities of the shipment's lines in one conditional statement; never below what came back or arrived already. */
async function move(tx: Tx, s: Held, column: "shipped_quantity" | "delivered_quantity", sign: 1 | -1): Promise<void> {
  const after = sql`l.${sql.ref(column)} + ${sign} * p.quantity`;
  const fits =
    column === "shipped_quantity"
      ? sql`${after} >= greatest(l.delivered_quantity, l.returned_quantity)`
      : sql`${after} between 0 and l.shipped_quantity`;
  const { rows } = await sql`
    with p as (select order_line_id, quantity from shipment_lines where shipment_id = ${s.id})
    update order_lines l set ${sql.ref(column)} = ${after} from p where l.id = p.order_line_id and ${fits} returning l.id`.execute(tx.db);
  const { rows: all } = await sql<{ n: number }>`select count(*)::int as n from shipment_lines where shipment_id = ${s.id}`.execute(tx.db);
  if (rows.length < all[0]!.n)
    throw new Refused("conflict", "shipment.returned", "Goods of this shipment came back already; it cannot be taken back.");
} // prettier-ignore

async function lastArrival(tx: Tx, orderId: string, at: Date): Promise<Date> {
  const { rows } = await sql<{ at: Date | null }>`select max(delivered_at) as at from shipments where order_id = ${orderId}`.execute(tx.db); // prettier-ignore
  return rows[0]?.at ?? at;
}
