import { sql } from "kysely";
import type { OpenThing, Whose } from "#kernel/due";
import type { Ctx } from "#platform/context";
import { wordsFor } from "#timeline";

/** The orders of a customer that are not completed: to be shipped, on their way, or to be paid. */
export async function ordersOpen(ctx: Ctx, whose: Whose): Promise<OpenThing[]> {
  const mine = "contact_id" in whose ? sql`contact_id = ${whose.contact_id}` : sql`account_id = ${whose.account_id}`;
  const { rows } = await sql<{ id: string; number: string; total: number; currency: string; promised_at: string | null }>`
    select id, number, total, currency, promised_at from orders
     where status = 'open' and deleted_at is null and ${mine} order by promised_at nulls last, placed_at, id limit 20`.execute(ctx.db);
  const words = wordsFor(ctx.workspace.locale);
  return rows.map((o) => ({ id: `order:${o.id}`, title: `Order ${o.number}`, note: words.money(o.total, o.currency), to: `/orders/${o.id}`, due_at: o.promised_at && `${o.promised_at}T12:00:00Z` }));
} // prettier-ignore
