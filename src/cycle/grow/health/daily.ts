import { sql } from "kysely";
import type { FactSeen } from "#kernel/condition";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { enqueue, type JobKind } from "#platform/jobs";
import type { ConsumedFact, Consumer } from "#timeline";
import { healthFacts, healthOf, measureNames, type MeasureName } from "./health.ts";
import { aucOf, emptyTally, type Tally } from "./told-before.ts";

/*
 * Words we use
 *   daily     once a day everybody who ever ordered is looked at: a score that changed is noted, and the score of a quarter ago is
 *             held against who ordered since
 */
const kind = "health.daily";
const batch = 500;
const dayMs = 86_400_000;
const testedDays = 91;
// Whoever ordered nothing for two years before is nobody's question any more; who came later was no customer then.
const lookBackDays = 730;

const first = ["order.placed", "case.opened"] as const;

/** The first order makes the daily run due; from then on each run orders the next. */
export const healthConsumer: Consumer = {
  name: "health",
  facts: first,
  batch: 5000,
  apply: async (tx: Tx, facts: readonly ConsumedFact[]) => {
    if (facts.length > 0) await sql`update health_runs set due_at = ${tx.clock()} where due_at is null and ran_at is null`.execute(tx.db); // prettier-ignore
  },
};

/** Forgets what the last run told, and looks again at once: for when the customers it was told of are gone for good. */
export const lookAnew = async (tx: Tx): Promise<void> =>
  void (await sql`update health_runs set told = '{}', ran_at = null, due_at = least(due_at, ${tx.clock()})`.execute(tx.db)); // prettier-ignore

/** When the next run is due. */
export async function nextDayAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select min(due_at) as at from health_runs`.execute(ctx.db);
  return rows[0]?.at ?? null;
}

/** Has everybody looked at when that is due; while another job runs it waits, so that nobody is judged by half an import. */
export const runDay = (ctx: Ctx): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const busy = await sql`
      update health_runs set due_at = ${tx.clock()}::timestamptz + interval '3 seconds'
       where due_at <= ${tx.clock()} and exists (select from jobs where state = 'running') returning 1`.execute(tx.db);
    if (busy.rows.length > 0) return;
    const next = new Date(tx.clock().getTime() + dayMs);
    const { rows } = await sql`
      update health_runs set due_at = ${next} where what in (select what from health_runs where due_at <= ${tx.clock()} for update skip locked) returning 1`.execute(tx.db); // prettier-ignore
    if (rows.length > 0) await enqueue(tx, { kind, title: "Looking how it stands with every customer" });
  });

type Tallies = Record<"score" | MeasureName, Tally>;
interface Progress {
  after?: string;
  done?: number;
  tallies?: Tallies;
}

/** Looks at everybody who ever ordered, 500 at a time; goes on where it stopped. */
export const dailyJob: JobKind = {
  kind,
  above: true,
  run: async (ctx: Ctx, job, control) => {
    let { after = "00000000-0000-0000-0000-000000000000", done = 0, tallies = fresh() } = job.progress as Progress;
    for (;;) {
      const many = await inTransaction(ctx, async (tx) => {
        const seen = await customersAfter(tx, after);
        if (seen.length === 0) return 0;
        await note(tx, seen);
        for (const one of seen) tell(tallies, one, tx.clock());
        after = seen.at(-1)!.id;
        done += seen.length;
        await control.advance(tx, { done, progress: { after, done, tallies } });
        return seen.length;
      });
      if (many === 0) break;
    }
    const told = Object.fromEntries(Object.entries(tallies).map(([name, tally]) => [name, aucOf(tally)]));
    const tested = [...tallies.score.yes, ...tallies.score.no].reduce((a, b) => a + b, 0);
    await inTransaction(ctx, (tx) => sql`update health_runs set ran_at = ${tx.clock()}, told = ${JSON.stringify({ told, tested, customers: done })}`.execute(tx.db)); // prettier-ignore
    return { customers: done };
  },
};

const fresh = (): Tallies => Object.fromEntries(["score", ...measureNames].map((name) => [name, emptyTally()])) as Tallies; // prettier-ignore

interface Seen {
  id: string;
  facts: FactSeen[];
}

async function customersAfter(tx: Tx, after: string): Promise<Seen[]> {
  const { rows } = await sql<{ id: string; facts: { id: string; name: string; at: string; payload: Record<string, unknown> }[] | null }>`
    with batch as (select id from contacts where id > ${after}::uuid and deleted_at is null and order_count > 0 order by id limit ${batch})
    select s.id, (select json_agg(json_build_object('id', f.id, 'name', f.name, 'at', f.occurred_at, 'payload', f.payload) order by f.occurred_at, f.id)
                    from facts f where f.contact_id = s.id and f.name = any(${healthFacts}) and not exists (select from fact_withdrawals w where w.fact_id = f.id)) as facts
      from batch s order by s.id`.execute(tx.db);
  return rows.map(({ id, facts }) => ({ id, facts: (facts ?? []).map(({ at, ...f }) => ({ ...f, occurred_at: new Date(at) })) })); // prettier-ignore
} // prettier-ignore

/** Notes the scores that changed since they were last noted. */
async function note(tx: Tx, seen: readonly Seen[]): Promise<void> {
  const now = tx.clock();
  const rows = seen.flatMap(({ id, facts }) => {
    const { score, known, measures } = healthOf(facts, now);
    return score === null ? [] : [{ id, score, known, measures: measures.map(({ name, value, reason }) => ({ name, value, reason })) }]; // prettier-ignore
  });
  await sql`
    insert into health_scores (contact_id, day, score, known, measures)
    select r.id, (${now}::timestamptz at time zone ${tx.workspace.time_zone})::date, r.score, r.known, r.measures
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, score int, known int, measures jsonb)
     where r.score is distinct from (select h.score from health_scores h where h.contact_id = r.id order by h.day desc limit 1)
    on conflict (contact_id, day) do update set score = excluded.score, known = excluded.known, measures = excluded.measures`.execute(
    tx.db,
  );
}

/** Holds the score of a quarter ago against whether the customer ordered since. */
function tell(tallies: Tallies, { facts }: Seen, now: Date): void {
  const then = new Date(now.getTime() - testedDays * dayMs);
  const orders = facts.filter((f) => f.name === "order.placed").map((f) => f.occurred_at.getTime());
  const was = orders.some((at) => at <= then.getTime() && at > then.getTime() - lookBackDays * dayMs);
  if (!was) return;
  const side = orders.some((at) => at > then.getTime()) ? "yes" : "no";
  const { score, measures } = healthOf(facts, then);
  if (score !== null) tallies.score[side][score]!++;
  for (const { name, value } of measures) if (value !== null) tallies[name][side][value]!++;
}
