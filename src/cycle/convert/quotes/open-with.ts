import { sql } from "kysely";
import type { OpenThing, Whose } from "#kernel/due";
import type { Ctx } from "#platform/context";
import { wordsFor } from "#timeline";

/** The quotes that a customer has not answered yet, the first to run out first. */
export async function quotesOpen(ctx: Ctx, whose: Whose): Promise<OpenThing[]> {
  const mine = "contact_id" in whose ? sql`contact_id = ${whose.contact_id}` : sql`account_id = ${whose.account_id}`;
  const { rows } = await sql<{ id: string; number: string; total: number; currency: string; valid_until: string }>`
    select id, number, total, currency, valid_until from quotes
     where status in ('sent', 'viewed') and deleted_at is null and ${mine} order by valid_until, id limit 20`.execute(ctx.db);
  const words = wordsFor(ctx.workspace.locale);
  return rows.map((q) => ({ id: `quote:${q.id}`, title: `Quote ${q.number}`, note: words.money(q.total, q.currency), to: `/quotes/${q.id}`, due_at: `${q.valid_until}T12:00:00Z` }));
} // prettier-ignore
