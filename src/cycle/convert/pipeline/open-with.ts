import { sql } from "kysely";
import type { OpenThing, Whose } from "#kernel/due";
import type { Ctx } from "#platform/context";
import { wordsFor } from "#timeline";

/** The deals that are open with a customer, those expected first. */
export async function opportunitiesOpen(ctx: Ctx, whose: Whose): Promise<OpenThing[]> {
  const mine = "contact_id" in whose ? sql`contact_id = ${whose.contact_id}` : sql`account_id = ${whose.account_id}`;
  const { rows } = await sql<{ id: string; name: string; amount: number; currency: string; probability: number; expected_close: string | null }>`
    select id, name, amount, currency, probability, expected_close from opportunities
     where status = 'open' and deleted_at is null and ${mine} order by expected_close nulls last, id limit 20`.execute(ctx.db);
  const words = wordsFor(ctx.workspace.locale);
  return rows.map((o) => ({ id: `opportunity:${o.id}`, title: `Opportunity: ${o.name}`, note: `${words.money(o.amount, o.currency)} · ${o.probability} %`, to: `/opportunities/${o.id}`, due_at: o.expected_close && `${o.expected_close}T12:00:00Z` }));
} // prettier-ignore
