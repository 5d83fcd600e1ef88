import { sql } from "kysely";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { noteChanges } from "#records";
import { tellAllPassed } from "./targets.ts";
import { holdCase } from "./words.ts";

/*
 * The timer only tells: that a case came near its due or went past it, dated at the true instant, however late Rondo looks; and closes
 * what was resolved long enough. What became of a target is computed from the times of events.
 */

/** When somebody is to be told next, or a resolved case closes for good; null when nothing is ahead. */
export async function nextTellAt(ctx: Ctx): Promise<Date | null> {
  // A target that ends exactly on time is met, so it is late a millisecond after.
  const { rows } = await sql<{ at: Date | null }>`
    select least((select min(warn_at) from case_targets where outcome is null and warned_fact is null),
                 (select min(due_at) + interval '1 ms' from case_targets where outcome is null and breached_fact is null),
                 (select min(reopen_until) + interval '1 ms' from cases where status = 'resolved')) as at`.execute(
    ctx.db,
  );
  return rows[0]!.at;
}

/** Tells what is due to be told, at most 200 cases at once; answers how many. */
export const tellDue = (ctx: Ctx | Tx): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    const now = tx.clock();
    const { rows } = await sql<{ id: string }>`
      select c.id from cases c where c.id in (
        select case_id from case_targets where outcome is null and warned_fact is null and warn_at <= ${now}
        union select case_id from case_targets where outcome is null and breached_fact is null and due_at < ${now})
       order by c.id limit 200 for update of c skip locked`.execute(tx.db);
    for (const { id } of rows) await tellAllPassed(tx, await holdCase(tx, id));
    return rows.length + (await closeOld(tx, now));
  });

async function closeOld(tx: Tx, now: Date): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update cases set status = 'closed', closed_at = reopen_until, updated_at = ${now}, version = version + 1
     where id in (select id from cases where status = 'resolved' and reopen_until < ${now} order by reopen_until limit 200 for update skip locked) returning id`.execute(
    tx.db,
  );
  await noteChanges(tx, rows.map(({ id }) => ({ object: "case", record_id: id, action: "updated", fields: { status: ["resolved", "closed"] } }))); // prettier-ignore
  return rows.length;
}
