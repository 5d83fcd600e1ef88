import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";

/** What this person put off and is not due again yet, and what they turned down. */
export async function putOffBy(ctx: Ctx): Promise<ReadonlySet<string>> {
  if (ctx.actor.kind !== "user") return new Set();
  const { rows } = await sql<{ due_id: string }>`
    select due_id from put_off where user_id = ${ctx.actor.id} and until > ${ctx.clock()}
     union all select due_id from turned_down where user_id = ${ctx.actor.id}`.execute(ctx.db);
  return new Set(rows.map((r) => r.due_id));
}

/** "Later": not before then for this person; others see it still. An instant that has passed brings it back at once. */
export async function putOff(ctx: Ctx, dueId: string, until: Date): Promise<void> {
  if (ctx.actor.kind !== "user") throw new Refused("forbidden", "due.nobody", "Only a person can put something off.");
  await sql`insert into put_off (user_id, due_id, until) values (${ctx.actor.id}, ${dueId}, ${until})
            on conflict (user_id, due_id) do update set until = excluded.until`.execute(ctx.db);
}
