import { sql } from "kysely";
import { inTransaction, type Ctx } from "#platform/context";
import { recordAll, type FactInput } from "#timeline";
import type { Walk } from "./walk.ts";

const dayMs = 86_400_000;

/** So many guests of a fair, who are there only to be counted. */
export async function crowd(ctx: Ctx, n: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into contacts (id, name, source) select gen_random_uuid(), 'Guest ' || i, 'a fair' from generate_series(1, ${n}::int) i returning id`.execute(ctx.db); // prettier-ignore
  return rows.map((r) => r.id);
}

const ordered = (contact_id: string, occurred_at: Date): FactInput => ({ name: "order.placed", contact_id, occurred_at, payload: { order_id: contact_id, number: "1", amount: 100, currency: "EUR", base_amount: 100, lines: 1 } }); // prettier-ignore
const asked = (contact_id: string, occurred_at: Date): FactInput => ({ name: "case.opened", contact_id, occurred_at, payload: { number: "1", subject: "Where is my parcel?" } }); // prettier-ignore

/** All of them order; of those who got the change one in ten asks, of those held out four in ten. */
export async function simulateOrders(ctx: Ctx, improvement_id: string, guests: readonly string[], w: Walk): Promise<void> {
  const at = new Date(w.now().getTime() - dayMs);
  await inTransaction(ctx, (tx) => recordAll(tx, guests.map((who) => ordered(who, at))));
  await w.settle();
  const { rows } = await sql<{ contact_id: string; arm: string; nth: number }>`
    select contact_id, arm, row_number() over (partition by arm order by contact_id)::int as nth from improvement_people where improvement_id = ${improvement_id}`.execute(ctx.db);
  const asking = rows.filter((r) => r.nth % 10 < (r.arm === "treated" ? 1 : 4));
  await inTransaction(ctx, (tx) => recordAll(tx, asking.map((r) => asked(r.contact_id, w.now()))));
  await w.settle();
} // prettier-ignore
