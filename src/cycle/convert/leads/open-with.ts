import { sql } from "kysely";
import type { OpenThing, Whose } from "#kernel/due";
import type { Ctx } from "#platform/context";

/** The lead that is open with a customer. */
export async function leadsOpen(ctx: Ctx, whose: Whose): Promise<OpenThing[]> {
  const mine = "contact_id" in whose ? sql`contact_id = ${whose.contact_id}` : sql`account_id = ${whose.account_id}`;
  const { rows } = await sql<{ id: string; source: string; score: number; due_at: Date | null }>`
    select id, source, score, case when responded_at is null then first_response_due end as due_at from leads
     where status in ('open', 'working', 'qualified') and converted_at is null and deleted_at is null and ${mine} order by first_response_due nulls last, id limit 20`.execute(
    ctx.db,
  );
  return rows.map(({ id, source, score, due_at }) => ({ id: `lead:${id}`, title: `Lead: ${source}`, note: `${score} points`, to: `/leads/${id}`, due_at: due_at?.toISOString() ?? null })); // prettier-ignore
}
