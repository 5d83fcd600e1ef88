import { CompiledQuery, sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import { enqueue, type Job, type JobControl, type JobKind } from "#platform/jobs";
import { reachSql } from "../access/index.ts";
import type { ObjectDescription } from "../object.ts";
import { purgedObjects, purgeNext, type Which } from "./purge.ts";
import { dueUntil, trashSettings, wouldGo } from "./settings.ts";

const kind = "trash.purge";
const dayMs = 86_400_000;

/** Goes through the trash, of all objects or of one: what a stop left is found by the next run, since what is done is gone. */
export const purgeJob: JobKind = {
  kind,
  above: true,
  run: async (ctx, job, control) => {
    const { object, until } = job.input as { object?: string; until?: string };
    const which: Which = until === undefined ? { job: job.id } : { until: new Date(until) };
    const objects = (await purgedObjects(ctx)).filter((o) => object === undefined || o.name === object);
    let done = job.done;
    // A deal holds its customer, a quote its deal: what is free only now goes in the next round.
    for (let before = -1; before !== done;) {
      before = done;
      for (const one of objects) done = await purgeAll(ctx, one, which, job, control, done);
    }
    await sql`delete from bulk_rows where job_id = ${job.id}`.execute(ctx.db);
    return { purged: done, ...(object === undefined ? {} : { object, held: Math.max(0, (job.total ?? 0) - done) }) };
  },
};

async function purgeAll(ctx: Ctx, object: ObjectDescription, which: Which, job: Job, control: JobControl, from: number): Promise<number> {
  for (let done = from; ;) {
    const n = await inTransaction(ctx, async (tx) => {
      const purged = await purgeNext(tx, object, which);
      if (purged > 0) await control.advance(tx, { done: done + purged, total: Math.max(job.total ?? 0, done + purged) });
      return purged;
    });
    if (n === 0) return done;
    done += n;
  }
} // prettier-ignore

/** When the trash is gone through next: once a day. */
export async function purgeAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select looked_at as at from trash_settings`.execute(ctx.db);
  return rows[0]?.at ? new Date(rows[0].at.getTime() + dayMs) : new Date(0);
}

/** Looks whether anything has had its time; a job that can be seen goes on with it. */
export async function lookIntoTrash(ctx: Ctx): Promise<void> {
  const { keep_days } = await trashSettings(ctx);
  const total = await wouldGo(ctx, keep_days);
  await inTransaction(ctx, async (tx) => {
    await sql`update trash_settings set looked_at = ${tx.clock()}`.execute(tx.db);
    if (total === 0) return;
    const input = { until: dueUntil(ctx, keep_days).toISOString() };
    await enqueue(tx, { kind, title: `Delete for good what was in the trash for ${keep_days} days`, input, total });
  });
}

/** Purges chosen records of a trash, or all of it, by hand; `confirm` is their number, said by the person. Answers the job. */
export const purgeByHand = (ctx: Ctx, object: ObjectDescription, ids: readonly string[] | undefined, confirm: number): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const job = newId();
    const params: unknown[] = [job];
    const chosen = ids ? `t.id = any($${params.push(ids)}::uuid[]) and ` : "";
    const text = `insert into bulk_rows (job_id, record_id) select $1::uuid, t.id from "${object.table}" t where t.deleted_at is not null and ${chosen}${reachSql(tx, object, "delete", "t", params)} returning record_id`;
    const total = (await tx.db.executeQuery(CompiledQuery.raw(text, params))).rows.length;
    if (total !== confirm) throw invalid("confirm", `Type ${total}: so many would be deleted for good.`, "trash.confirm");
    if (total === 0) throw invalid("ids", "None of these is in the trash.");
    await enqueue(tx, { id: job, kind, title: `Delete ${object.label_plural.toLowerCase()} of the trash for good`, input: { object: object.name }, total });
    return job;
  }); // prettier-ignore
