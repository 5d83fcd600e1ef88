import { sql } from "kysely";
import { openTask } from "#convert/activities";
import { playType } from "#grow/retention";
import { sampled } from "#kernel/condition";
import { newId } from "#kernel/id";
import type { Tx } from "#platform/context";
import { createRecord } from "#records";
import { recordAll, type FactInput } from "#timeline";
import { sample } from "./sample.ts";

const dayMs = 86_400_000;
// Whoever came to be at risk in these days is still to be called.
const freshDays = 10;

const plays = [
  { key: "call", name: "Call before they go", trigger: "at_risk", task: "Call {name} before they go", help: "Ask what happened, listen, and offer a fitting refill.", window_days: 60 },
  { key: "letter", name: "A letter to those we lost", trigger: "lapsed", task: "Write to {name}", task_kind: "mail", help: "By hand, one page, with what is new.", window_days: 90 },
] as const; // prettier-ignore

interface Entry {
  external_id: string;
  fact_id: string;
  contact_id: string | null;
  account_id: string | null;
  name: string;
  owner_id: string | null;
  at: Date;
  reason: string;
  order_fact: string | null;
  ordered_at: Date | null;
}

/** Writes the sample's plays with a run for everybody of the sample who met their trigger in the last year; what came of it follows from their orders. */
export async function writePlays(tx: Tx, today: Date): Promise<void> {
  for (const { key, ...values } of plays) {
    const { rows: taken } = await sql`select 1 from plays where lower(name) = ${values.name.toLowerCase()} and deleted_at is null`.execute(tx.db); // prettier-ignore
    if (taken.length > 0) continue;
    const { id } = await createRecord(tx, playType, { ...values, held_out: 30, external_ids: { [sample]: key } });
    await writeRuns(tx, { id, ...values }, await entriesOf(tx, values, today), today);
  }
}

/** Persons without an account, and accounts, of the sample: when they came to the stage, and their first order within the play's window. */
async function entriesOf(tx: Tx, play: { trigger: string; window_days: number }, today: Date): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    select m.fact_id, e.external_id, c.id as contact_id, a.id as account_id, coalesce(c.name, a.name) as name, coalesce(c.owner_id, a.owner_id) as owner_id, m.at, m.reason, o.id as order_fact, o.occurred_at as ordered_at
      from lifecycle_transitions m
      join external_ids e on e.record_id = m.subject_id and e.system = ${sample}
      left join contacts c on m.subject = 'contact' and c.id = m.subject_id and c.account_id is null
      left join accounts a on m.subject = 'account' and a.id = m.subject_id
      left join lateral (select f.id, f.occurred_at from facts f
                          where f.name = 'order.placed' and f.occurred_at > m.at and f.occurred_at < m.at + make_interval(days => ${play.window_days}::int)
                            and ((c.id is not null and f.contact_id = c.id) or (c.id is null and f.account_id = a.id))
                          order by f.occurred_at, f.id limit 1) o on true
     where m.withdrawn_at is null and m.to_stage = ${play.trigger} and m.at > ${today}::timestamptz - interval '1 year' and coalesce(c.id, a.id) is not null
     order by m.at, m.id`.execute(tx.db);
  return rows;
}

async function writeRuns(
  tx: Tx,
  play: { id: string; name: string; task: string; task_kind?: "mail"; window_days: number },
  entries: readonly Entry[],
  today: Date,
): Promise<void> {
  const runs = entries.map((entry) => {
    const ends_at = new Date(entry.at.getTime() + play.window_days * dayMs);
    const outcome = entry.order_fact ? "saved" : ends_at < today ? "lost" : "open";
    // By the sample's own names, so that it is the same every time.
    const held_out = sampled({ sample: { salt: play.name, percent: 30 } }, entry.external_id);
    return { id: newId(), ...entry, ends_at, outcome, held_out, ended_at: entry.ordered_at ?? (outcome === "lost" ? ends_at : null) }; // prettier-ignore
  });
  await sql`
    insert into play_runs (id, play_id, play_version, contact_id, account_id, trigger_fact, reason, held_out, started_at, ends_at, outcome, ended_at, saved_by)
    select r.id, ${play.id}::uuid, 1, r.contact_id, r.account_id, r.fact_id, r.reason, r.held_out, r.at, r.ends_at, r.outcome, r.ended_at, r.order_fact
      from json_to_recordset(${JSON.stringify(runs)}::json) as r(id uuid, contact_id uuid, account_id uuid, fact_id uuid, reason text, held_out boolean,
             at timestamptz, ends_at timestamptz, outcome text, ended_at timestamptz, order_fact uuid)`.execute(tx.db);
  await sql`update plays set run_count = ${runs.length} where id = ${play.id}`.execute(tx.db);
  for (const run of runs) {
    const whose = { contact_id: run.contact_id, account_id: run.account_id };
    const said = { play_id: play.id, run_id: run.id, play: play.name, held_out: run.held_out };
    const started: FactInput = { id: newId(), name: "play.started", ...whose, occurred_at: run.at, caused_by: run.fact_id, payload: said }; // prettier-ignore
    const ended: FactInput[] = run.outcome === "open" ? [] : [{ name: "play.ended", ...whose, occurred_at: run.ended_at!, caused_by: run.order_fact, payload: { ...said, outcome: run.outcome as "saved" | "lost" } }]; // prettier-ignore
    await recordAll(tx, [started, ...ended]);
    if (run.outcome === "open" && !run.held_out && today.getTime() - run.at.getTime() < freshDays * dayMs)
      await openCall(tx, play, run, started.id!);
  }
}

// The task is told when the play began, as the reaction itself would have.
async function openCall(
  now: Tx,
  play: { task: string; task_kind?: "mail" },
  run: Entry & { id: string },
  caused_by: string,
): Promise<void> {
  const tx = { ...now, clock: () => run.at };
  const task = await openTask(tx, {
    key: `play:${run.id}`,
    kind: play.task_kind ?? "call",
    title: play.task.replaceAll("{name}", run.name),
    reason: run.reason.charAt(0).toLocaleUpperCase() + run.reason.slice(1),
    contact_id: run.contact_id,
    account_id: run.account_id,
    owner_id: run.owner_id,
    due_at: new Date(run.at.getTime() + 4 * dayMs),
    about: { object: "play_run", id: run.id },
    caused_by,
  });
  await sql`update play_runs set task_id = ${task} where id = ${run.id}`.execute(tx.db);
}
