import { CompiledQuery, sql } from "kysely";
import type { Condition } from "#kernel/condition";
import { newId } from "#kernel/id";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { enqueue, type JobControl, type JobKind } from "#platform/jobs";
import { changeByHand, orNothing, restoreByHand, trashByHand } from "../by-hand.ts";
import { changeSet, forgetEmptySet } from "../changes.ts";
import { describedFor, typeNamed } from "../custom/described.ts";
import { whereOf } from "../list.ts";
import type { RecordType, Values } from "../registry.ts";
import { asAsked, whoAsks } from "./asked.ts";
import { tagOne } from "../tags/tagging.ts";
import { refusalOf } from "./cells.ts";
import { noteLeftOut, type LeftOut } from "./failures.ts";

/*
 * Words we use
 *   bulk   one act on many records, those selected or all that a view shows: a job that goes on where it was after any stop
 */
export type BulkAct =
  | { kind: "set"; values: Values }
  | { kind: "trash" }
  | { kind: "restore" }
  /** Puts a tag on the records, or takes it off them. */
  | { kind: "tag"; name: string; away: boolean };
export type Whom = { ids: readonly string[] } | { filter?: Condition | undefined; q?: string | undefined };

interface Progress {
  /** The last record that was gone through; null before the first, and `fixed` tells whether the records are fixed. */
  after: string | null;
  fixed: boolean;
  done: number;
  changed: number;
  failed: number;
}

const start: Progress = { after: null, fixed: false, done: 0, changed: 0, failed: 0 };
// One transaction each: a hundred records hold their locks for less than half a second.
const batch = 100;

/** Starts a bulk act as a job; answers its id. Selected records are fixed now, those of a view when the job begins. */
export const startBulk = (ctx: Ctx, type: RecordType, act: BulkAct, whom: Whom, title: string): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const id = newId();
    const ids = "ids" in whom ? [...new Set(whom.ids)] : null;
    if (ids)
      await sql`insert into bulk_rows (job_id, record_id) select ${id}::uuid, unnest(${ids}::uuid[])`.execute(tx.db);
    const input = { object: type.object.name, act, whom: ids ? null : whom, ...whoAsks(ctx) };
    return enqueue(tx, { kind: "records.bulk", title, input, id, ...(ids ? { total: ids.length } : {}) });
  });

/** Goes through the records of a bulk act, batch by batch. */
export const bulkJob: JobKind = {
  kind: "records.bulk",
  run: async (ctx, job, control) => {
    const { object, act, whom } = job.input as { object: string; act: BulkAct; whom: Whom | null };
    const type = await typeNamed(ctx, object);
    if (!type) throw new Refused("conflict", "object.gone", "There is no such object any more.");
    const as = await asAsked(ctx, job.input);
    let p: Progress = { ...start, ...job.progress };
    if (!p.fixed) p = await inTransaction(as, (tx) => fix(tx, type, act, whom, job.id, control));
    for (let next: Progress | null = p; next;) {
      p = next;
      const at = p;
      next = await inTransaction(as, (tx) => goOn(tx, type, act, job.id, at, control));
    }
    await sql`delete from bulk_rows where job_id = ${job.id}`.execute(ctx.db);
    return { object, act: act.kind, changed: p.changed, failed: p.failed };
  },
};

/** Notes which records the act is about: what it does to them cannot bring others in or leave some out. */
async function fix(
  tx: Tx,
  type: RecordType,
  act: BulkAct,
  whom: Whom | null,
  jobId: string,
  control: JobControl,
): Promise<Progress> {
  if (whom && !("ids" in whom)) {
    const params: unknown[] = [jobId];
    const object = await describedFor(tx, type.object);
    const where = whereOf(tx, object, { ...whom, trash: act.kind === "restore" }, params);
    const text = `/* for these values */ insert into bulk_rows (job_id, record_id) select $1::uuid, t.id from "${object.table}" t where ${where}`;
    await tx.db.executeQuery(CompiledQuery.raw(text, params));
  }
  const { rows } = await sql<{ n: number }>`select count(*) as n from bulk_rows where job_id = ${jobId}`.execute(tx.db);
  const fixed = { ...start, fixed: true };
  await control.advance(tx, { total: rows[0]!.n, progress: { ...fixed } });
  return fixed;
}

/** Does the next records in the caller's transaction, with how far the job is; null when none is left. */
async function goOn(
  tx: Tx,
  type: RecordType,
  act: BulkAct,
  jobId: string,
  p: Progress,
  control: JobControl,
): Promise<Progress | null> {
  const { rows } = await sql<{ record_id: string }>`
    select record_id from bulk_rows where job_id = ${jobId} ${p.after ? sql`and record_id > ${p.after}` : sql``} order by record_id limit ${batch}`.execute(
    tx.db,
  );
  if (rows.length === 0) return null;
  await changeSet(tx);
  const left: LeftOut[] = [];
  let changed = 0;
  for (const { record_id } of rows) {
    try {
      if (await orNothing(tx, () => actOn(tx, type, act, record_id))) changed++;
    } catch (error) {
      const { message, errors } = refusalOf(error);
      left.push({ record_id, object: type.object.name, field: errors?.[0]?.field ?? "", message });
    }
  }
  await forgetEmptySet(tx);
  await noteLeftOut(tx, jobId, left);
  const next: Progress = {
    ...p, after: rows.at(-1)!.record_id, done: p.done + rows.length, changed: p.changed + changed, failed: p.failed + left.length,
  }; // prettier-ignore
  await control.advance(tx, { done: next.done, failed: next.failed, progress: { ...next } });
  return next;
}

/** Does the act to one record; answers whether that changed it. */
async function actOn(tx: Tx, type: RecordType, act: BulkAct, id: string): Promise<boolean> {
  if (act.kind === "trash") await trashByHand(tx, type, id);
  else if (act.kind === "restore") await restoreByHand(tx, type, id);
  else if (act.kind === "tag") return tagOne(tx, { object: type.object.name, record_id: id }, act);
  else {
    const { rows } = await sql<{ version: number }>`
      select version from ${sql.table(type.object.table)} where id = ${id}`.execute(tx.db);
    return (await changeByHand(tx, type, id, undefined, structuredClone(act.values))).version !== rows[0]?.version;
  }
  return true;
}
