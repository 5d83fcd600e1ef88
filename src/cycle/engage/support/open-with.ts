import { sql } from "kysely";
import type { OpenThing, Whose } from "#kernel/due";
import type { Ctx } from "#platform/context";

/** The cases that are open with a customer, due first. */
export async function casesOpen(ctx: Ctx, whose: Whose): Promise<OpenThing[]> {
  const mine = "contact_id" in whose ? sql`contact_id = ${whose.contact_id}` : sql`account_id = ${whose.account_id}`;
  const { rows } = await sql<{ id: string; number: string; subject: string; status: string; due_at: Date | null }>`
    select id, number, subject, status, due_at from cases
     where status in ('open', 'waiting') and deleted_at is null and ${mine} order by due_at nulls last, id limit 20`.execute(ctx.db);
  return rows.map((c) => ({ id: `case:${c.id}`, title: `Case ${c.number}, ${c.subject}`, note: c.status === "waiting" ? "waiting" : null, to: `/cases/${c.id}`, due_at: c.due_at?.toISOString() ?? null }));
} // prettier-ignore
