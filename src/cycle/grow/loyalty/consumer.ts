import { sql } from "kysely";
import { orderTerms } from "#deliver/orders";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { ConsumedFact, Consumer } from "#timeline";
import { advance } from "./advance.ts";
import { follow } from "./order.ts";
import { programOf } from "./program.ts";
import { standingsOf } from "./standing.ts";
import { holdBooks, readBooks, saveBooks } from "./store.ts";

const moving = ["order.paid", "order.delivered", "order.returned", "order.cancelled", "order.reopened", "order.reduced", "order.corrected", "payment.received", "payment.refunded", "invoice.credited", "shipment.taken-back"]; // prettier-ignore

/** Points follow orders: each fact makes us look at its order as it stands, so facts may come in any order, and twice. */
export const loyaltyConsumer: Consumer = { name: "loyalty", facts: moving, batch: 500, apply: followOrders };

/** Brings the points of the orders that these facts name to what they must be now. */
export async function followOrders(tx: Tx, facts: readonly ConsumedFact[]): Promise<void> {
  const program = await programOf(tx);
  if (!program) return;
  const named = facts.flatMap((f) => (typeof f.payload.order_id === "string" ? [f.payload.order_id] : []));
  const { rows } = await sql<{ id: string }>`
    select o.id from orders o
     where o.id = any(${[...new Set(named)]}) and o.contact_id is not null
       and (exists (select from loyalty_lots l where l.order_id = o.id) or exists (select from loyalty_spends s where s.order_id = o.id)
            or (${program.active} and exists (select from payments p where p.order_id = o.id and p.kind = 'payment' and p.received_at >= ${program.started_at})))`.execute(tx.db);
  const ids = rows.map((r) => r.id);
  if (ids.length === 0) return;
  const standings = new Map((await standingsOf(tx, ids)).map((o) => [o.id, o]));
  const whose = await membersOf(tx, ids);
  const contacts = [...standings.values()].map((o) => whose.get(o.id) ?? o.contact_id);
  const books = await holdBooks(tx, program, contacts, ids);
  const returnDays = (await orderTerms(tx)).return_days;
  for (const fact of facts) {
    const order = standings.get(String(fact.payload.order_id));
    const book = order && books.get(whose.get(order.id) ?? order.contact_id);
    if (!order || !book) continue;
    // Money may be dated a little ahead; points never move before their time.
    const at = fact.occurred_at < tx.clock() ? fact.occurred_at : tx.clock();
    advance(book, at);
    follow(book, order, { at, cause: fact.id, currency: tx.workspace.currency, returnDays });
  }
  await saveBooks(tx, [...books.values()]);
} // prettier-ignore

/** Who earned on these orders, whoever they belong to now. */
async function membersOf(tx: Tx, orders: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ order_id: string; contact_id: string }>`
    select distinct on (l.order_id) l.order_id, m.contact_id from loyalty_lots l join loyalty_members m on m.id = l.member_id where l.order_id = any(${orders})`.execute(tx.db); // prettier-ignore
  return new Map(rows.map((r) => [r.order_id, r.contact_id]));
}

const atOnce = 200;

/** Does what is due by time alone: activation, expiry, vouchers that ran out, tiers; each dated at its own instant. */
export const movePoints = (ctx: Ctx): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const program = await programOf(tx);
    if (!program) return;
    const { rows } = await sql<{ id: string }>`
      select id from loyalty_members where due_at <= ${tx.clock()} order by due_at, id limit ${atOnce} for update skip locked`.execute(
      tx.db,
    );
    const books = await readBooks(tx, program, { members: rows.map((r) => r.id) });
    await saveBooks(tx, [...books.values()]);
  });

/** When the next member's points move by time alone. */
export async function nextMoveAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select min(due_at) as at from loyalty_members`.execute(ctx.db);
  return rows[0]?.at ?? null;
}
