import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { enqueue, findJob, type JobControl, type JobKind } from "#platform/jobs";
import { orNothing } from "../by-hand.ts";
import { changeSet, forgetEmptySet } from "../changes.ts";
import { takeBackChange, type Noted } from "../history/take-back.ts";
import { asAsked, whoAsks } from "./asked.ts";
import { refusalOf } from "./cells.ts";
import { noteLeftOut, type LeftOut } from "./failures.ts";

interface Progress {
  /** The last change that was gone through: newest sets first. */
  after: { set_id: string; record_id: string; object: string } | null;
  done: number;
  changed: number;
  failed: number;
}

const start: Progress = { after: null, done: 0, changed: 0, failed: 0 };
const batch = 100;

/** Takes back all that a job changed, as a job; what somebody changed since stays and is listed. Refused while it runs or twice. */
export const startTakingBack = (ctx: Ctx, jobId: string): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    await sql`select from jobs where id = ${jobId} for update`.execute(tx.db);
    const job = await findJob(tx, jobId);
    if (["queued", "running", "paused"].includes(job.state))
      throw new Refused("conflict", "job.running", "It is still running: cancel it first.");
    const { rows: before } = await sql<{ id: string }>`
      select id from jobs where kind = 'records.undo' and input ->> 'job_id' = ${jobId} and state <> 'failed' and state <> 'cancelled' limit 1`.execute(
      tx.db,
    );
    if (before[0])
      throw new Refused("conflict", "job.taken-back", "It was taken back already.", {
        detail: { job_id: before[0].id },
      });
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from changes c join change_sets s on s.id = c.set_id where s.job_id = ${jobId}`.execute(
      tx.db,
    );
    if (rows[0]!.n === 0) throw new Refused("conflict", "job.changed-nothing", "It changed nothing.");
    return enqueue(tx, {
      kind: "records.undo",
      title: `Take back: ${job.title}`.slice(0, 200),
      input: { job_id: jobId, ...whoAsks(ctx) },
      total: rows[0]!.n,
    });
  });

/** Takes back what another job changed, newest first, batch by batch. */
export const takeBackJob: JobKind = {
  kind: "records.undo",
  run: async (ctx, job, control) => {
    const undone = String(job.input.job_id);
    const as = await asAsked(ctx, job.input);
    let p: Progress = { ...start, ...job.progress };
    for (let next: Progress | null = p; next;) {
      p = next;
      const at = p;
      next = await inTransaction(as, (tx) => goOn(tx, undone, job.id, at, control));
    }
    return { undone, changed: p.changed, failed: p.failed };
  },
};

async function goOn(tx: Tx, undone: string, jobId: string, p: Progress, control: JobControl): Promise<Progress | null> {
  const after = p.after
    ? sql`and (c.set_id, c.record_id, c.object) < (${p.after.set_id}, ${p.after.record_id}, ${p.after.object})`
    : sql``;
  const { rows } = await sql<Noted>`
    select c.set_id, s.job_id, c.object, c.record_id, c.action, c.fields
      from changes c join change_sets s on s.id = c.set_id where s.job_id = ${undone} ${after}
     order by c.set_id desc, c.record_id desc, c.object desc limit ${batch}`.execute(tx.db);
  if (rows.length === 0) return null;
  await changeSet(tx, undefined, undone);
  const left: LeftOut[] = [];
  let [changed, failed] = [0, 0];
  for (const noted of rows) {
    const about = { record_id: noted.record_id, object: noted.object };
    try {
      const back = await orNothing(tx, () => takeBackChange(tx, noted));
      if (back.changed) changed++;
      if (back.conflicts.length > 0) failed++;
      left.push(...back.conflicts.map((c) => ({ ...about, field: c.field, message: "Somebody changed this since.", was: c.was, now: c.now }))); // prettier-ignore
    } catch (error) {
      failed++;
      left.push({ ...about, message: refusalOf(error).message });
    }
  }
  await forgetEmptySet(tx);
  await noteLeftOut(tx, jobId, left);
  const last = rows.at(-1)!;
  const next: Progress = {
    after: { set_id: last.set_id, record_id: last.record_id, object: last.object },
    done: p.done + rows.length, changed: p.changed + changed, failed: p.failed + failed,
  }; // prettier-ignore
  await control.advance(tx, { done: next.done, failed: next.failed, progress: { ...next } });
  return next;
}
