import { sql } from "kysely";
import Big from "big.js";
import { newId } from "#kernel/id";
import { invalid, notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { noteChanges } from "#records";
import { record, withdraw } from "#timeline";
import { inBase } from "./base.ts";
import { refreshOrders } from "./derive.ts";
import { checkLines, lockOrder, type Ordered } from "./lock.ts";
import { tellArrival } from "./arrive.ts";
import { paidState, tellIfSettled, type PaidState } from "./let-go.ts";
import { worthOf, type Priced } from "./worth.ts";

export interface Quantities {
  lines: readonly { order_line_id: string; quantity: string }[];
}

interface Taken extends Priced {
  id: string;
  description: string;
  taken: string;
  /** Cancelled of the line by now, this act included. */
  cancelled: string;
}

// What went out or came back cannot be cancelled any more.
const gone = sql`greatest(l.shipped_quantity, l.returned_quantity)`;

/**
 * Cancels quantities that are still open: neither shipped nor back. The order costs so much less; money beyond it stays until it is
 * given back. Answers the act, by which it can be taken back.
 */
export const cancelLines = (ctx: Ctx | Tx, orderId: string, { lines, reason }: Quantities & { reason: string }): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const order = await lockOrder(tx, orderId, "nothing of it is left to cancel");
    checkLines(lines);
    const taken = await take(tx, orderId, lines);
    await refuseWhole(tx, orderId);
    const act = newId();
    const amount = await writeRows(tx, order, act, taken, reason);
    const before = await paidState(tx, orderId);
    await refreshOrders(tx, [orderId]);
    const facts = await tellCancelled(tx, order, { amount, lines: lines.length, reason, before });
    await sql`update line_cancellations set facts = ${facts}::uuid[] where act_id = ${act}`.execute(tx.db);
    await note(tx, orderId, taken.map((t) => [t.description, t.taken]), reason); // prettier-ignore
    return act;
  }); // prettier-ignore

/** Takes a cancellation of lines back: they are open again, and what the timeline told of it is withdrawn. */
export const restoreLines = (ctx: Ctx | Tx, orderId: string, act: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const order = await lockOrder(tx, orderId, "open it again first");
    const { rows } = await sql<{ order_line_id: string; quantity: string; facts: string[] }>`
      delete from line_cancellations where act_id = ${act} and order_id = ${orderId} returning order_line_id, quantity, facts`.execute(tx.db);
    if (rows.length === 0) throw notFound("cancellation");
    await sql`
      update order_lines l set cancelled_quantity = l.cancelled_quantity - r.quantity
        from json_to_recordset(${JSON.stringify(rows)}::json) as r(order_line_id uuid, quantity numeric) where l.id = r.order_line_id`.execute(tx.db);
    await refreshOrders(tx, [orderId]);
    const correction = await record(tx, { name: "order.corrected", ...whose(order), payload: { order_id: orderId, number: order.number } });
    await withdraw(tx, [...new Set(rows.flatMap((r) => r.facts))], correction);
    await tellArrival(tx, orderId, tx.clock(), correction);
    await note(tx, orderId, null, null);
  }); // prettier-ignore

const whose = ({ contact_id, account_id }: Ordered) => ({ contact_id, account_id });

/** The limit, in one conditional statement: a line gives only what is neither gone nor cancelled, also when two act at once. */
async function take(tx: Tx, orderId: string, lines: Quantities["lines"]): Promise<Taken[]> {
  const { rows } = await sql<Taken>`
    update order_lines l set cancelled_quantity = l.cancelled_quantity + r.quantity
      from json_to_recordset(${JSON.stringify(lines)}::json) as r(order_line_id uuid, quantity numeric)
     where l.id = r.order_line_id and l.order_id = ${orderId} and l.cancelled_quantity + r.quantity <= l.quantity - ${gone}
    returning l.id, l.description, l.quantity, l.unit_price, l.discount, l.tax, trim_scale(r.quantity)::text as taken, l.cancelled_quantity as cancelled`.execute(tx.db);
  if (rows.length === lines.length) return rows;
  const i = lines.findIndex((l) => !rows.some((r) => r.id === l.order_line_id));
  const { rows: left } = await sql<{ left: string }>`
    select trim_scale(l.quantity - l.cancelled_quantity - ${gone})::text as left from order_lines l where id = ${lines[i]!.order_line_id} and order_id = ${orderId}`.execute(tx.db);
  if (!left[0]) throw invalid(`lines.${i}.order_line_id`, "The order has no such line.");
  throw invalid(`lines.${i}.quantity`, `Only ${left[0].left} of this line can still be cancelled.`, "cancel.too-many");
} // prettier-ignore

async function refuseWhole(tx: Tx, orderId: string): Promise<void> {
  const { rows } = await sql`select 1 from order_lines where order_id = ${orderId} and cancelled_quantity < quantity limit 1`.execute(tx.db); // prettier-ignore
  if (rows.length === 0)
    throw new Refused("conflict", "order.cancel-whole", "Nothing would be left of the order. Cancel the order itself.");
}

// Counted from the line's end, so that what is left of the line is worth what that quantity costs from its beginning: invoices add up.
async function writeRows(tx: Tx, order: Ordered, act_id: string, taken: readonly Taken[], reason: string): Promise<number> {
  const rows = taken.map((t) => {
    const left = new Big(t.quantity).minus(t.cancelled);
    const amount = worthOf(t, left.plus(t.taken), order.currency) - worthOf(t, left, order.currency);
    return { id: newId(), order_id: order.id, order_line_id: t.id, act_id, quantity: t.taken, amount, reason, cancelled_at: tx.clock() };
  });
  await sql`
    insert into line_cancellations (id, order_id, order_line_id, act_id, quantity, amount, reason, cancelled_at)
    select r.* from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, order_id uuid, order_line_id uuid, act_id uuid, quantity numeric, amount bigint,
           reason text, cancelled_at timestamptz)`.execute(tx.db);
  return rows.reduce((sum, r) => sum + r.amount, 0);
} // prettier-ignore

/** Tells the cancelled part; when what was received is enough now, that the order is paid; when nothing is left to come, that it arrived. */
async function tellCancelled(
  tx: Tx,
  order: Ordered,
  { amount, lines, reason, before }: { amount: number; lines: number; reason: string; before: PaidState },
): Promise<string[]> {
  const same = { order_id: order.id, number: order.number, currency: order.currency };
  const reduced = await record(tx, {
    name: "order.reduced",
    ...whose(order),
    payload: { ...same, amount, base_amount: inBase(amount, order.to_base), lines, reason },
  });
  await tellArrival(tx, order.id, tx.clock(), reduced);
  const paid = await tellIfSettled(tx, order, before, reduced);
  return paid ? [reduced, paid] : [reduced];
} // prettier-ignore

const note = (tx: Tx, record_id: string, cancelled: readonly unknown[] | null, reason: string | null): Promise<unknown> =>
  noteChanges(
    tx,
    [{ object: "order", record_id, action: "updated", fields: { cancelled_lines: cancelled ? [null, cancelled] : ["cancelled", null] } }],
    reason ?? undefined,
  ); // prettier-ignore
