import { sql } from "kysely";
import { inTransaction, type Ctx } from "#platform/context";
import { problemOf } from "#platform/http";
import type { JobKind } from "#platform/jobs";
import { mergeRecords } from "../merge/merge.ts";
import { undoMerge } from "../merge/undo.ts";
import type { Row } from "../registry.ts";
import { alikeOf } from "./rule.ts";

export const mergeKind = "duplicates.merge";
export const unmergeKind = "duplicates.unmerge";
const errorsKept = 100;

interface Progress {
  after?: string;
  done?: number;
  failed?: number;
  errors?: { pair: string; why: string }[];
}

/** Merges every open pair a rule found, each in a transaction of its own with the job's progress: what fails is named and left. */
export const mergeJob: JobKind = {
  kind: mergeKind,
  async run(ctx: Ctx, job, control) {
    const object = String(job.input.object);
    const alike = alikeOf(object);
    if (!alike) return;
    let { after = "", done = 0, failed = 0, errors = [] } = job.progress as Progress;
    for (;;) {
      const { rows } = await sql<{ a: string; b: string }>`
        select a, b from duplicate_pairs where object = ${object} and rule = ${String(job.input.rule)} and state = 'open' and a::text || b::text > ${after}
         order by a::text || b::text limit 1`.execute(ctx.db);
      const pair = rows[0];
      if (!pair) return { merged: done - failed, failed, errors };
      const at = pair.a + pair.b;
      const step = { after: at, done: done + 1 };
      try {
        await inTransaction({ ...ctx, jobId: job.id }, async (tx) => {
          const both = await sql<Row>`
            select * from ${sql.table(alike.object.table)} where id in (${pair.a}, ${pair.b}) and deleted_at is null order by id for update`.execute(
            tx.db,
          );
          const [one, other] = both.rows;
          // One of them became another's meanwhile.
          if (one && other) {
            const winner = alike.better(one, other);
            const merge = await mergeRecords(tx, object, winner, {
              losers: [winner === one.id ? other.id : one.id],
              rule: String(job.input.rule),
            });
            await sql`update record_merges set job_id = ${job.id} where id = ${merge.id}`.execute(tx.db);
          }
          await control.advance(tx, { done: step.done, progress: { ...step, failed, errors } });
        });
      } catch (error) {
        const problem = problemOf(error);
        if (!problem) throw error;
        failed += 1;
        errors = [...errors, { pair: at, why: problem.detail ?? problem.title }].slice(0, errorsKept);
        await inTransaction(ctx, (tx) =>
          control.advance(tx, { done: step.done, failed, progress: { ...step, failed, errors } }),
        );
      }
      [after, done] = [at, step.done];
    }
  },
};

/** Undoes all merges of a job, the latest first. */
export const unmergeJob: JobKind = {
  kind: unmergeKind,
  async run(ctx: Ctx, job, control) {
    let {
      done = 0,
      failed = 0,
      errors = [],
      after = "ffffffff-ffff-ffff-ffff-ffffffffffff",
    } = job.progress as Progress;
    for (;;) {
      const { rows } = await sql<{ id: string; object: string; winner_id: string }>`
        select id, object, winner_id from record_merges where job_id = ${String(job.input.job_id)} and state = 'done' and id < ${after}::uuid order by id desc limit 1`.execute(
        ctx.db,
      );
      const merge = rows[0];
      if (!merge) return { undone: done - failed, failed, errors };
      after = merge.id;
      done += 1;
      try {
        await inTransaction({ ...ctx, jobId: job.id }, async (tx) => {
          await undoMerge(tx, merge.object, merge.winner_id, merge.id);
          await control.advance(tx, { done, progress: { after, done, failed, errors } });
        });
      } catch (error) {
        const problem = problemOf(error);
        if (!problem) throw error;
        failed += 1;
        errors = [...errors, { pair: merge.id, why: problem.detail ?? problem.title }].slice(0, errorsKept);
        await inTransaction(ctx, (tx) =>
          control.advance(tx, { done, failed, progress: { after, done, failed, errors } }),
        );
      }
    }
  },
};
