import { sql } from "kysely";
import type { OpenThing, Whose } from "#kernel/due";
import type { Ctx } from "#platform/context";

/** The tasks that are open with a customer, due first. */
export async function tasksOpen(ctx: Ctx, whose: Whose): Promise<OpenThing[]> {
  const mine = "contact_id" in whose ? sql`contact_id = ${whose.contact_id}` : sql`account_id = ${whose.account_id}`;
  const { rows } = await sql<{ id: string; title: string; due_at: Date | null }>`
    select id, title, due_at from tasks where status = 'open' and deleted_at is null and ${mine} order by due_at nulls last, id limit 20`.execute(
    ctx.db,
  );
  return rows.map(({ id, title, due_at }) => ({ id: `task:${id}`, title: `Task: ${title}`, note: null, to: `/tasks/${id}`, due_at: due_at?.toISOString() ?? null })); // prettier-ignore
}
