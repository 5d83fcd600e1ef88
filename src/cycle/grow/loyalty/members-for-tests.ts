import { sql } from "kysely";
import { meetContacts } from "#customers";
import { placeOrder } from "#deliver/orders";
import { receivePayment } from "#deliver/payments";
import { inTransaction, type Ctx } from "#platform/context";
import { consumeAll } from "#timeline";
import { agrees } from "./book.ts";
import { loyaltyConsumer, movePoints, nextMoveAt } from "./consumer.ts";
import { startProgram } from "./program.ts";
import { usualRules, type RulesSaid } from "./rules.ts";

export const start = new Date("2026-01-10T09:00:00Z");

/** A programme that began at `start`, and so many contacts. */
export async function programWith(ctx: Ctx, people: number, rules: Partial<RulesSaid> = {}): Promise<string[]> {
  await startProgram({ ...ctx, clock: () => start }, { name: "Jar Points", zone: "Europe/Berlin", rules: { ...usualRules(100), ...rules } }); // prettier-ignore
  const keys = Array.from({ length: people }, (_, i) => `p${i}`);
  const met = await inTransaction(ctx, (tx) => meetContacts(tx, keys.map((key) => ({ key, name: `Person ${key}`, email: `${key}@x.example` })), { source: "shop" })); // prettier-ignore
  return keys.map((key) => met.get(key)!.id);
}

/** An order over so many euros, paid now. */
export async function buy(ctx: Ctx, contact_id: string, euros: number): Promise<string> {
  const order = await placeOrder(ctx, { contact_id, lines: [{ description: "Jars", quantity: String(euros), unit_price: "1" }] }); // prettier-ignore
  await receivePayment(ctx, order, { amount: euros * 100, method: "card" });
  return order;
}

/** Lets points follow what was told, and time. */
export async function settle(ctx: Ctx): Promise<void> {
  await consumeAll(ctx, loyaltyConsumer);
  for (let at = await nextMoveAt(ctx); at && at <= ctx.clock(); at = await nextMoveAt(ctx)) await movePoints(ctx);
}

interface Sums {
  issued: number;
  pending: number;
  available: number;
  debt: number;
  redeemed: number;
  expired: number;
  lots: number;
  journal_available: number;
  journal_issued: number;
}

/** Members whose accounts, lots and journal do not agree; and how many there are in all. */
export async function disagreeing(ctx: Ctx): Promise<{ wrong: Sums[]; members: number }> {
  const { rows } = await sql<Sums>`
    select m.*, coalesce((select sum(remaining) from loyalty_lots l where l.member_id = m.id and l.state = 'active'), 0)::int as lots,
           coalesce((select sum(available) from loyalty_entries e where e.member_id = m.id), 0)::int as journal_available,
           coalesce((select sum(issued) from loyalty_entries e where e.member_id = m.id), 0)::int as journal_issued
      from loyalty_members m`.execute(ctx.db);
  const wrong = rows.filter((r) => !agrees(r) || r.lots !== r.available || r.journal_available !== r.available || r.journal_issued !== r.issued); // prettier-ignore
  return { wrong, members: rows.length };
}
