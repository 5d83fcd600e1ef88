import { CompiledQuery, sql } from "kysely";
import { deps, nextFlip, type Subject } from "#kernel/condition";
import { contact } from "#customers";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { JobKind } from "#platform/jobs";
import { loadSubjects, objectNamed, type Run } from "#records";
import { contributionsOf, type ScoreRules } from "./rule.ts";
import { currentScore, rescoreKind } from "./rules.ts";

/** The facts that asked, by contact, oldest first. */
export type Causes = ReadonlyMap<string, readonly { id: string; name: string }[]>;
export type How = "opened" | "fact" | "time" | "rules";

interface Held {
  id: string;
  contact_id: string;
}

const runOf =
  (ctx: Ctx): Run =>
  async (text, params) =>
    (await ctx.db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, params))).rows;

/** Contacts as the rules read them, by id. */
export async function subjectsOf(ctx: Ctx, rules: ScoreRules, contacts: readonly string[]): Promise<Map<string, Subject>> {
  const found = await loadSubjects(runOf(ctx), rules.rules.map((r) => r.when), contact, [...new Set(contacts)], objectNamed);
  return new Map(found.map((s) => [s.id, s]));
} // prettier-ignore

/**
 * Brings the scores of these leads in line with the rules at the clock's now, where they are open; every change of a contribution is
 * a row of lead_points, so the score stays their sum. Plans when time alone changes it next.
 */
export async function rescore(tx: Tx, ids: readonly string[], how: How, causes: Causes = new Map()): Promise<void> {
  const { rows: held } = await sql<Held>`
    select id, contact_id from leads where id = any(${[...ids]}) and status <> 'disqualified' and converted_at is null and deleted_at is null
     order by id for no key update`.execute(tx.db);
  await sql`delete from lead_flips where lead_id = any(${[...ids]})`.execute(tx.db);
  if (held.length === 0) return;
  const rules = await currentScore(tx);
  const now = tx.clock();
  const subjects = await subjectsOf(tx, rules, held.map((l) => l.contact_id)); // prettier-ignore
  const before = await standing(tx, held);
  const changes: { lead_id: string; key: string; label: string; points: number; caused_by: string | null }[] = [];
  const flips: { lead_id: string; due_at: string }[] = [];
  for (const { id, contact_id } of held) {
    const subject = subjects.get(contact_id);
    if (!subject) continue;
    const was = before.get(id) ?? new Map<string, { points: number; label: string }>();
    const is = new Map(contributionsOf(rules, subject, now).map((c) => [c.key, c]));
    for (const key of new Set([...was.keys(), ...is.keys()])) {
      const points = (is.get(key)?.points ?? 0) - (was.get(key)?.points ?? 0);
      const label = is.get(key)?.label ?? was.get(key)!.label;
      if (points !== 0)
        changes.push({ lead_id: id, key, label, points, caused_by: causeOf(rules, key, causes.get(contact_id)) });
    }
    const at = nextChange(rules, subject, now);
    if (at) flips.push({ lead_id: id, due_at: at.toISOString() });
  }
  await save(tx, changes, how);
  if (flips.length > 0)
    await sql`
      insert into lead_flips (lead_id, due_at)
      select r.lead_id, r.due_at from json_to_recordset(${JSON.stringify(flips)}::json) as r (lead_id uuid, due_at timestamptz)`.execute(
      tx.db,
    );
}

// Of several facts the newest that the rule asks for; a cap or a rule about fields: the newest of all.
function causeOf(
  { rules }: ScoreRules,
  key: string,
  facts: readonly { id: string; name: string }[] = [],
): string | null {
  const rule = rules.find((r) => r.key === key);
  const asked = rule ? deps(rule.when).facts : new Set<string>();
  return (facts.findLast((f) => asked.has(f.name)) ?? facts.at(-1))?.id ?? null;
}

/** When time alone first changes whether a rule holds. */
function nextChange({ rules }: ScoreRules, subject: Subject, now: Date): Date | null {
  const times = rules.map((r) => nextFlip(r.when, subject, now)?.getTime() ?? Infinity);
  const first = Math.min(Infinity, ...times);
  return Number.isFinite(first) ? new Date(first) : null;
}

async function standing(tx: Tx, held: readonly Held[]) {
  const { rows } = await sql<{ lead_id: string; key: string; points: number; label: string }>`
    select lead_id, key, sum(points)::int as points, (array_agg(label order by id desc))[1] as label from lead_points
     where lead_id = any(${held.map((l) => l.id)}) group by lead_id, key having sum(points) <> 0`.execute(tx.db);
  const found = new Map<string, Map<string, { points: number; label: string }>>();
  for (const { lead_id, key, ...row } of rows)
    found.set(lead_id, (found.get(lead_id) ?? new Map<string, { points: number; label: string }>()).set(key, row));
  return found;
}

const save = async (tx: Tx, changes: readonly object[], how: How): Promise<void> =>
  void (
    changes.length > 0 &&
    (await sql`
      with r as (select * from json_to_recordset(${JSON.stringify(changes)}::json) as r (lead_id uuid, key text, label text, points int, caused_by uuid)),
           noted as (insert into lead_points (lead_id, key, label, points, how, caused_by, at)
                     select lead_id, key, label, points, ${how}::text, caused_by, ${tx.clock()}::timestamptz from r)
      update leads l set score = l.score + d.points
        from (select lead_id, sum(points)::int as points from r group by lead_id) d where l.id = d.lead_id and d.points <> 0`.execute(tx.db))
  ); // prettier-ignore

const atOnce = 500; // leads in one transaction

/** Gives every open lead its points anew, after the rules changed. */
export const rescoreJob: JobKind = {
  kind: rescoreKind,
  above: true,
  run: async (ctx, job, control) => {
    let after = typeof job.progress.after === "string" ? job.progress.after : null;
    for (let done = job.done; ;) {
      const last = await inTransaction(ctx, async (tx) => {
        const { rows } = await sql<{ id: string }>`
          select id from leads where status <> 'disqualified' and converted_at is null and deleted_at is null
             and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${atOnce}`.execute(tx.db);
        await rescore(tx, rows.map((r) => r.id), "rules"); // prettier-ignore
        const end = rows.at(-1)?.id ?? null;
        if (end) await control.advance(tx, { done: (done += rows.length), progress: { after: end } });
        return end;
      });
      if (last === null) return { leads: done };
      after = last;
    }
  },
};

/** When time alone next changes a score; null when none waits for it. */
export async function nextScoreAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select min(due_at) as at from lead_flips`.execute(ctx.db);
  return rows[0]!.at;
}

/** Rescores those whose time has come, at most `limit`; answers how many. */
export const runDueScores = (ctx: Ctx | Tx, limit = 500): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<{ lead_id: string }>`
      select lead_id from lead_flips where due_at <= ${tx.clock()} order by due_at limit ${limit}`.execute(tx.db);
    if (rows.length > 0) await rescore(tx, rows.map((r) => r.lead_id), "time"); // prettier-ignore
    return rows.length;
  });
