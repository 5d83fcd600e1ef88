import { sql } from "kysely";
import { keepBands, lifecycleConsumer } from "#customers";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { enqueue } from "#platform/jobs";
import { kindsOf, type Consumer } from "#timeline";

/*
 * Words we use
 *   run   one computation over all customers: the bands, or which products are bought together; due again when somebody bought
 *         something, but never so often that it takes more than a twentieth of one processor
 */
export const learnKind = "worth.learn";

const restAtLeast = { bands: 5_000, neighbours: 3_600_000 } as const; // ms
const share = 20;

const counting = [
  ...["placed", "cancelled", "reopened", "corrected", "paid", "returned"].map((what) => `order.${what}`),
  ...kindsOf("deliver").filter((name) => name.startsWith("payment.")),
  "contact.trashed",
  "contact.restored",
];

/** Notes that there is something new to compute. It stays behind the lifecycle, which keeps the sums that bands compare. */
export const worthConsumer: Consumer = {
  name: "worth",
  facts: counting,
  behind: lifecycleConsumer.name,
  batch: 5000,
  apply: dueSoon,
};

/** Makes both runs due: at once, or when the last one has rested long enough. */
export async function dueSoon(tx: Tx): Promise<void> {
  await sql`
    update worth_runs set due_at = greatest(${tx.clock()}::timestamptz, ran_at + make_interval(secs =>
             greatest(took_ms * ${share}::int, case what when 'bands' then ${restAtLeast.bands}::int else ${restAtLeast.neighbours}::int end) / 1000.0))
     where due_at is null`.execute(tx.db);
}

/** When the next run is due. */
export async function nextRunAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select min(due_at) as at from worth_runs`.execute(ctx.db);
  return rows[0]?.at ?? null;
}

/**
 * Computes the bands when due, and has the neighbours learnt by a job. Of several workers one does it. While a job brings customers in
 * (an import, the sample) it waits: by half a file everybody would be told to have moved.
 */
export const runDue = (ctx: Ctx): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const busy = await sql`
      update worth_runs set due_at = ${tx.clock()}::timestamptz + interval '3 seconds'
       where due_at <= ${tx.clock()} and exists (select from jobs where state = 'running' and kind <> ${learnKind}) returning 1`.execute(tx.db);
    if (busy.rows.length > 0) return;
    const { rows } = await sql<{ what: "bands" | "neighbours" }>`
      update worth_runs set due_at = null
       where what in (select what from worth_runs where due_at <= ${tx.clock()} for update skip locked) returning what`.execute(tx.db);
    for (const { what } of rows) {
      if (what === "bands") await bandAll(tx);
      else await enqueue(tx, { kind: learnKind, title: "Learning what is bought together" });
    }
  }); // prettier-ignore

async function bandAll(tx: Tx): Promise<void> {
  const began = performance.now();
  const told = await keepBands(tx);
  await noteRun(tx, "bands", began, told);
}

/** Notes when a run ended, how long it took and what came of it. */
export async function noteRun(tx: Tx, what: "bands" | "neighbours", began: number, told: object): Promise<void> {
  await sql`update worth_runs set ran_at = ${tx.clock()}, took_ms = ${Math.ceil(performance.now() - began)}, told = ${JSON.stringify(told)} where what = ${what}`.execute(
    tx.db,
  );
}
