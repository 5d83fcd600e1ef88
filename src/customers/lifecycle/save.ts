import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Tx } from "#platform/context";
import { recordAll, type FactInput } from "#timeline";
import type { SubjectKind } from "../stage.ts";
import type { StoredMove } from "./load.ts";
import type { Move } from "./replay.ts";
import type { RuleSet } from "./rules.ts";
import type { Traits } from "./traits.ts";

/** What a walk changed in the books of one customer. */
export interface Difference {
  id: string;
  added: Move[];
  withdrawn: StoredMove[];
  /** Kept moves whose evidence or words are others now. */
  amended: StoredMove[];
}

const rondo = { kind: "rule" as const, id: null, name: "Lifecycle" };
const same = (a: Move, b: Move): boolean =>
  a.from === b.from && a.to === b.to && a.rule === b.rule && a.at.getTime() === b.at.getTime();
const told = (m: Move): string => `${m.by_time} ${m.reason} ${m.evidence.join(",")}`;

/** Compares moves with those in the books: an equal beginning is kept, the rest of the old ones gives way to the rest of the new. */
export function differenceOf(id: string, stored: readonly StoredMove[], moves: readonly Move[]): Difference {
  let kept = 0;
  while (kept < stored.length && kept < moves.length && same(stored[kept]!, moves[kept]!)) kept += 1;
  const amended = stored
    .slice(0, kept)
    .flatMap((s, i) => (told(s) === told(moves[i]!) ? [] : [{ ...s, ...moves[i]! }]));
  return { id, added: moves.slice(kept), withdrawn: stored.slice(kept), amended };
}

/** Books differences: moves with the facts that tell of them; withdrawn ones stay, marked, and one fact tells of each correction. */
export async function bookDifferences(
  tx: Tx,
  kind: SubjectKind,
  rules: RuleSet,
  differences: readonly Difference[],
  why: string,
): Promise<void> {
  const facts: FactInput[] = [];
  const moves: Record<string, unknown>[] = [];
  const withdrawals: { id: string; fact_id: string | null; by: string }[] = [];
  for (const d of differences) {
    const about = kind === "contact" ? { contact_id: d.id } : { account_id: d.id };
    if (d.withdrawn.length > 0) {
      const id = newId();
      facts.push({
        id,
        name: "customer.stages-corrected",
        ...about,
        actor: rondo,
        payload: { withdrawn: d.withdrawn.length, added: d.added.length, reason: why },
      });
      for (const w of d.withdrawn) withdrawals.push({ id: w.id, fact_id: w.from === null ? null : w.fact_id, by: id });
    }
    for (const m of d.added) {
      const transition_id = newId();
      const cause = m.evidence.at(-1) ?? null;
      const fact_id = m.from === null ? cause : newId();
      if (m.from !== null && fact_id)
        facts.push({
          id: fact_id,
          name: "customer.stage-changed",
          ...about,
          actor: rondo,
          occurred_at: m.at,
          caused_by: cause,
          payload: { transition_id, from: m.from, to: m.to, subject: kind },
        });
      moves.push({ ...m, id: transition_id, subject_id: d.id, fact_id });
    }
  }
  await recordAll(tx, facts);
  await withdraw(tx, withdrawals);
  await insertMoves(tx, kind, rules.version, moves);
  await amend(
    tx,
    differences.flatMap((d) => d.amended),
  );
}

async function withdraw(tx: Tx, rows: readonly { id: string; fact_id: string | null; by: string }[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    with r as (select * from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, fact_id uuid, by uuid)),
         gone as (update lifecycle_transitions t set withdrawn_at = ${tx.clock()} from r where t.id = r.id)
    insert into fact_withdrawals (fact_id, withdrawn_by, withdrawn_at) select fact_id, by, ${tx.clock()} from r where fact_id is not null
        on conflict do nothing`.execute(tx.db);
}

async function insertMoves(
  tx: Tx,
  kind: SubjectKind,
  version: number,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into lifecycle_transitions (id, subject, subject_id, from_stage, to_stage, at, rule_version, rule, evidence, by_time, reason, fact_id, recorded_at)
    select r.id, ${kind}, r.subject_id, r."from", r."to", r.at, ${version}, r.rule, r.evidence, r.by_time, r.reason, r.fact_id, ${tx.clock()}
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, subject_id uuid, "from" text, "to" text, at timestamptz, rule text, evidence uuid[],
             by_time boolean, reason text, fact_id uuid)`.execute(tx.db);
}

async function amend(tx: Tx, rows: readonly StoredMove[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update lifecycle_transitions t set evidence = r.evidence, reason = r.reason, by_time = r.by_time
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, evidence uuid[], reason text, by_time boolean) where t.id = r.id`.execute(
    tx.db,
  );
}

export interface Standing extends Traits {
  id: string;
  stage: string;
  since: Date;
}

/** Brings stage and traits of the records up to date; the record's version stays, as nobody edited it. */
export async function saveStandings(tx: Tx, kind: SubjectKind, rows: readonly Standing[]): Promise<void> {
  if (rows.length === 0) return;
  const columns =
    "lifecycle_stage, lifecycle_since, order_count, paid_total, returned_total, first_order_at, last_order_at, usual_gap_days, last_act";
  const values =
    "r.stage, r.since, r.order_count, r.paid_total, r.returned_total, r.first_order_at, r.last_order_at, r.usual_gap_days, r.last_act";
  const current = columns.split(", ").map((c) => `t.${c}`).join(", "); // prettier-ignore
  await sql`
    update ${sql.table(`${kind}s`)} t set (${sql.raw(columns)}) = row(${sql.raw(values)})
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, stage text, since timestamptz, order_count int, paid_total bigint, returned_total bigint,
             first_order_at timestamptz, last_order_at timestamptz, usual_gap_days real, last_act text)
     where t.id = r.id and (${sql.raw(current)}) is distinct from (${sql.raw(values)})`.execute(tx.db);
}

/** Notes how far stories were walked and when time may go on with them. */
export async function saveWalks(
  tx: Tx,
  kind: SubjectKind,
  version: number,
  rows: readonly { id: string; until: Date; count: number; due: Date | null }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into lifecycle_walks (subject_id, subject, walked_until, rule_version, fact_count, due_at)
    select r.id, ${kind}, r.until, ${version}, r.count, r.due
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, until timestamptz, count int, due timestamptz)
        on conflict (subject_id) do update set walked_until = excluded.walked_until, rule_version = excluded.rule_version,
           fact_count = excluded.fact_count, due_at = excluded.due_at`.execute(tx.db);
}

/** Replaces the acts under way of those whose acts changed. */
export async function saveActs(
  tx: Tx,
  kind: SubjectKind,
  changed: readonly { id: string; acts: readonly { at: Date; act: string | null }[] }[],
): Promise<void> {
  if (changed.length === 0) return;
  const rows = changed.flatMap((c) => c.acts.map((a, position) => ({ ...a, position, id: c.id })));
  await sql`delete from lifecycle_acts where subject_id = any(${changed.map((c) => c.id)})`.execute(tx.db);
  if (rows.length === 0) return;
  await sql`
    insert into lifecycle_acts (subject_id, subject, at, position, act)
    select r.id, ${kind}, r.at, r.position, r.act from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, at timestamptz, position int, act text)`.execute(
    tx.db,
  );
}
