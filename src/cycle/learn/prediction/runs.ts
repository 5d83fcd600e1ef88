import { Worker } from "node:worker_threads";
import { sql } from "kysely";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { enqueue, type JobKind } from "#platform/jobs";
import type { ConsumedFact, Consumer } from "#timeline";
import type { Learnt } from "./learn.ts";
import { everybody } from "./read.ts";

/*
 * Words we use
 *   run   learning the model anew from all orders: due when somebody bought something, but at most four times a day, and never so
 *         often that it takes more than a twentieth of one processor
 */
const learnKind = "prediction.learn";
const restAtLeast = 6 * 3600; // s
const share = 20;

const counting = ["order.placed", "order.cancelled", "order.reopened", "order.corrected", "order.returned"] as const;

/** Notes that there is something new to learn from. */
export const predictionConsumer: Consumer = {
  name: "prediction",
  facts: counting,
  batch: 5000,
  apply: async (tx: Tx, facts: readonly ConsumedFact[]) => {
    const newest = facts
      .map((fact) => fact.id)
      .toSorted()
      .at(-1);
    if (!newest) return;
    // Ids are in the order of their making: what is read again brings nothing new.
    const { rows } = await sql`
      update prediction_runs set seen = ${newest} where seen is null or seen < ${newest} returning 1`.execute(tx.db);
    if (rows.length > 0) await learnSoon(tx);
  },
};

/** Makes the run due: at once, or when the last one has rested long enough. */
export async function learnSoon(tx: Tx): Promise<void> {
  await sql`
    update prediction_runs set due_at = greatest(${tx.clock()}::timestamptz, ran_at + make_interval(secs => greatest(took_ms * ${share}::int / 1000.0, ${restAtLeast}::int)))
     where due_at is null`.execute(tx.db);
}

/** Forgets what was learnt, and learns again at once: for when the customers it was learnt from are gone for good. */
export async function learnAnew(tx: Tx): Promise<void> {
  await sql`delete from prediction_models`.execute(tx.db);
  await sql`update prediction_runs set ran_at = null, due_at = ${tx.clock()} where due_at is null or due_at > ${tx.clock()}`.execute(tx.db);
} // prettier-ignore

/** When the next run is due. */
export async function nextRunAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select min(due_at) as at from prediction_runs`.execute(ctx.db);
  return rows[0]?.at ?? null;
}

/** Has the model learnt by a job when that is due; while another job brings customers in, it waits: by half a file everybody would be new. */
export const runDue = (ctx: Ctx): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const busy = await sql`
      update prediction_runs set due_at = ${tx.clock()}::timestamptz + interval '3 seconds'
       where due_at <= ${tx.clock()} and exists (select from jobs where state = 'running') returning 1`.execute(tx.db);
    if (busy.rows.length > 0) return;
    const { rows } = await sql`
      update prediction_runs set due_at = null
       where what in (select what from prediction_runs where due_at <= ${tx.clock()} for update skip locked) returning 1`.execute(tx.db);
    if (rows.length > 0) await enqueue(tx, { kind: learnKind, title: "Learning what customers are going to order" });
  }); // prettier-ignore

/** Learns the model and tests it on the company's own past, in a thread of its own. */
export const learnJob: JobKind = {
  kind: learnKind,
  above: true,
  run: async (ctx: Ctx, _job, control) => {
    const began = performance.now();
    const histories = await everybody(ctx);
    await inTransaction(ctx, (tx) => control.advance(tx, { total: histories.now.length }));
    const learnt = await inThread(histories);
    await inTransaction(ctx, async (tx) => {
      await control.advance(tx, { done: learnt.customers });
      await keep(tx, learnt, began);
    });
    const { verdict, customers, repeaters } = learnt;
    return { verdict, customers, repeaters };
  },
};

const inThread = (workerData: object): Promise<Learnt> =>
  new Promise((done, fail) => {
    const thread = new Worker(new URL("./thread.ts", import.meta.url), { workerData });
    thread.once("message", done);
    thread.once("error", fail);
    thread.once("exit", (code) => fail(new Error(`the thread that learns ended with ${code}`)));
  });

async function keep(tx: Tx, learnt: Learnt, began: number): Promise<void> {
  const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
  await sql`
    insert into prediction_models (id, what, as_of, verdict, customers, repeaters, model, test, learnt_at)
    values (${newId()}, 'buying', ${tx.clock()}, ${learnt.verdict}, ${learnt.customers}, ${learnt.repeaters}, ${json(learnt.model)}, ${json(learnt.test)}, ${tx.clock()})`.execute(tx.db);
  await sql`update prediction_runs set ran_at = ${tx.clock()}, took_ms = ${Math.ceil(performance.now() - began)} where what = 'buying'`.execute(tx.db);
} // prettier-ignore
