import { sql } from "kysely";
import type { Due } from "#kernel/due";
import { newId } from "#kernel/id";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { record } from "#timeline";

const whoIsIt = (ctx: Ctx): string => {
  if (ctx.actor.kind !== "user" || !ctx.actor.id) throw new Refused("forbidden", "due.nobody", "Only a person can turn something down."); // prettier-ignore
  return ctx.actor.id;
};

/** "Not this": it is not due to this person any more, and the customer's timeline tells who turned it down. Twice is once. */
export const turnDown = (ctx: Ctx | Tx, due: Due): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const id = newId();
    const { rows } = await sql`
      insert into turned_down (user_id, due_id, fact_id, at) values (${whoIsIt(tx)}, ${due.id}, ${id}, ${tx.clock()}) on conflict do nothing returning 1`.execute(tx.db);
    if (rows.length === 0) return;
    const { title, reason, contact_id, account_id } = due;
    await record(tx, { id, name: "step.turned-down", contact_id, account_id, payload: { title, reason } });
  }); // prettier-ignore

/** Takes a "not this" back; what was not turned down stays as it is. */
export const recommendAgain = (ctx: Ctx | Tx, dueId: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<{ fact_id: string; contact_id: string | null; account_id: string | null; title: string }>`
      with gone as (delete from turned_down where user_id = ${whoIsIt(tx)} and due_id = ${dueId} returning fact_id)
      select f.id as fact_id, f.contact_id, f.account_id, f.payload ->> 'title' as title from gone join facts f on f.id = gone.fact_id`.execute(tx.db);
    for (const { fact_id: caused_by, title, ...whose } of rows)
      await record(tx, { name: "step.recommended-again", ...whose, caused_by, payload: { title } });
  }); // prettier-ignore
