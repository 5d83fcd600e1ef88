import { sql } from "kysely";
import { closeTasks, openTask } from "#convert/activities";
import { sampled } from "#kernel/condition";
import { newId } from "#kernel/id";
import { lifecycleConsumer, movesOf, type MoveSeen } from "#customers";
import { businessDaysAfter, calendarOf } from "#platform/calendar";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { record, type ConsumedFact, type Consumer } from "#timeline";
import type { Play } from "./play.ts";

const dayMs = 86_400_000;
// A move found by an import of old orders is history: nobody is called for it. One that we slept through is not.
const graceDays = 7;

/** Starts a run for each customer who meets a play's trigger, and ends runs when the customer orders again. */
export const retentionConsumer: Consumer = {
  name: "retention",
  facts: ["customer.stage-changed", "order.placed"],
  behind: lifecycleConsumer.name,
  batch: 500,
  apply: takeFacts,
};

async function takeFacts(tx: Tx, facts: readonly ConsumedFact[]): Promise<void> {
  const moves = facts.filter((f) => f.name === "customer.stage-changed" && (f.payload.to === "at_risk" || f.payload.to === "lapsed")); // prettier-ignore
  const orders = facts.filter((f) => f.name === "order.placed");
  if (moves.length > 0) await startRuns(tx, moves);
  if (orders.length > 0) await endBy(tx, orders);
}

async function startRuns(tx: Tx, facts: readonly ConsumedFact[]): Promise<void> {
  const { rows: plays } = await sql<Play>`select * from plays where active and deleted_at is null order by id`.execute(
    tx.db,
  );
  if (plays.length === 0) return;
  const now = tx.clock().getTime();
  const moves = (await movesOf(tx, facts.map((f) => f.id))).filter((m) => m.known_then || m.at.getTime() >= now - graceDays * dayMs);
  // Whoever's days to come back are over already is called by nobody.
  const inTime = (play: Play, move: MoveSeen): boolean => move.at.getTime() + play.window_days * dayMs > now;
  for (const move of moves) for (const play of plays) if (play.trigger === move.to && inTime(play, move)) await startRun(tx, play, move);
} // prettier-ignore

interface Customer {
  name: string;
  owner_id: string | null;
  account_id: string | null;
}

async function startRun(tx: Tx, play: Play, move: MoveSeen): Promise<void> {
  const customer = await customerOf(tx, move);
  if (!customer) return;
  const id = newId();
  const whose = move.subject === "contact" ? { contact_id: move.subject_id, account_id: customer.account_id } : { contact_id: null, account_id: move.subject_id }; // prettier-ignore
  const held_out = sampled({ sample: { salt: play.id, percent: play.held_out } }, move.subject_id);
  const ends_at = new Date(move.at.getTime() + play.window_days * dayMs);
  const { rows } = await sql`
    insert into play_runs (id, play_id, play_version, contact_id, account_id, trigger_fact, reason, held_out, started_at, ends_at)
    values (${id}, ${play.id}, ${play.version}, ${whose.contact_id}, ${whose.account_id}, ${move.fact_id}, ${move.reason}, ${held_out}, ${move.at}, ${ends_at})
    on conflict (play_id, trigger_fact) do nothing returning id`.execute(tx.db);
  if (rows.length === 0) return;
  await sql`update plays set run_count = run_count + 1 where id = ${play.id}`.execute(tx.db);
  const told = await record(tx, { name: "play.started", ...whose, caused_by: move.fact_id, payload: { play_id: play.id, run_id: id, play: play.name, held_out } }); // prettier-ignore
  if (!held_out) await openFor(tx, play, { id, ...whose, reason: move.reason, customer, caused_by: told });
}

/** A contact of an account is followed as a person only when the account itself is not: the account's own move opens the play for all of it. */
async function customerOf(tx: Tx, move: MoveSeen): Promise<Customer | null> {
  const { rows } =
    move.subject === "contact"
      ? await sql<Customer>`select name, owner_id, account_id from contacts where id = ${move.subject_id} and deleted_at is null and account_id is null`.execute(tx.db)
      : await sql<Customer>`select name, owner_id, id as account_id from accounts where id = ${move.subject_id} and deleted_at is null`.execute(tx.db); // prettier-ignore
  return rows[0] ?? null;
}

interface Opening {
  id: string;
  contact_id: string | null;
  account_id: string | null;
  reason: string;
  customer: Customer;
  caused_by: string;
}

async function openFor(tx: Tx, play: Play, run: Opening): Promise<void> {
  const due_at = businessDaysAfter(await calendarOf(tx), tx.clock(), play.due_days);
  const task = await openTask(tx, {
    key: `play:${run.id}`,
    kind: play.task_kind,
    title: play.task.replaceAll("{name}", run.customer.name),
    reason: sentence(run.reason),
    contact_id: run.contact_id,
    account_id: run.account_id,
    owner_id: play.owner_id ?? run.customer.owner_id,
    due_at,
    about: { object: "play_run", id: run.id },
    caused_by: run.caused_by,
  });
  await sql`update play_runs set task_id = ${task} where id = ${run.id}`.execute(tx.db);
}

const sentence = (reason: string): string => reason.charAt(0).toLocaleUpperCase() + reason.slice(1);

/** Whoever orders again while a run is open is saved by that order, treated or not; their task is done with. */
async function endBy(tx: Tx, orders: readonly ConsumedFact[]): Promise<void> {
  for (const order of orders) {
    const { rows } = await sql<Ended>`
      update play_runs r set outcome = 'saved', ended_at = ${order.occurred_at}, saved_by = ${order.id}
       where outcome = 'open' and started_at <= ${order.occurred_at} and ends_at > ${order.occurred_at}
         and ((contact_id is not null and contact_id = ${order.contact_id}) or (contact_id is null and account_id = ${order.account_id}))
      returning ${ended}`.execute(tx.db);
    for (const run of rows) await tellEnd(tx, run, "saved", order.id);
  }
}

interface Ended {
  id: string;
  play_id: string;
  play: string;
  contact_id: string | null;
  account_id: string | null;
  held_out: boolean;
  ends_at: Date;
}
const ended = sql.raw(
  "r.id, r.play_id, (select name from plays p where p.id = r.play_id) as play, r.contact_id, r.account_id, r.held_out, r.ends_at",
);

async function tellEnd(tx: Tx, run: Ended, outcome: "saved" | "lost", cause: string | null): Promise<void> {
  const { contact_id, account_id, play_id, play, held_out } = run;
  await record(tx, {
    name: "play.ended",
    contact_id,
    account_id,
    caused_by: cause,
    ...(outcome === "lost" ? { occurred_at: run.ends_at } : {}),
    payload: { play_id, run_id: run.id, play, outcome, held_out },
  });
  if (!held_out) await closeTasks(tx, { about: { object: "play_run", id: run.id } }, outcome === "saved" ? "Ordered again" : "Time ran out"); // prettier-ignore
}

/** Ends the runs whose time is over: nobody ordered. Dated at the true instant, also when Rondo was down. */
export const endLost = (ctx: Ctx): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<Ended>`
      update play_runs r set outcome = 'lost', ended_at = ends_at
       where id in (select id from play_runs where outcome = 'open' and ends_at <= ${tx.clock()} order by ends_at limit 500 for update skip locked)
      returning ${ended}`.execute(tx.db);
    for (const run of rows) await tellEnd(tx, run, "lost", null);
  });

/** When the next run's time is over. */
export async function nextLostAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select min(ends_at) as at from play_runs where outcome = 'open'`.execute(ctx.db); // prettier-ignore
  return rows[0]?.at ?? null;
}
