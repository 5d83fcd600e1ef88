import { CompiledQuery, sql } from "kysely";
import { nextFlip } from "#kernel/condition";
import type { Ctx, Tx } from "#platform/context";
import { contact } from "#customers";
import { loadSubjects, objectNamed, type Run } from "#records";
import type { Asked } from "./asked.ts";
import type { Kept } from "./kept.ts";

// A fact dated ahead changes what the lifecycle derives when its day comes; we look this much later, in milliseconds.
const afterLifecycle = 5_000;

const runOf =
  (ctx: Ctx): Run =>
  async (text, params) =>
    (await ctx.db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, params))).rows;

/** Contacts as the TypeScript evaluator wants them, for these segments. */
export const subjectsFor = (ctx: Ctx, kept: readonly Kept[], ids: readonly string[]) =>
  loadSubjects(runOf(ctx), kept.map((k) => k.condition), contact, ids, objectNamed); // prettier-ignore

/** Plans, for the asked contacts, when time alone moves them next; a plan that was there before is replaced. */
export async function planFlips(tx: Tx, kept: readonly Kept[], asked: Asked): Promise<void> {
  const now = tx.clock();
  const ids = [...new Set([...asked.values()].flatMap((of) => [...of.keys()]))];
  if (ids.length === 0) return;
  const ahead = await factsAhead(tx, ids);
  const due: { segment_id: string; contact_id: string; due_at: string }[] = [];
  for (const k of kept) {
    const of = [...(asked.get(k.id)?.keys() ?? [])].filter((id) => k.time || ahead.has(id));
    if (of.length === 0) continue;
    for (const subject of await subjectsFor(tx, [k], of)) {
      const later = k.derived || k.account === "derived" ? ahead.get(subject.id) : undefined;
      const times = [nextFlip(k.condition, subject, now), later && new Date(later.getTime() + afterLifecycle)];
      const first = times.filter((t) => t instanceof Date).toSorted((a, b) => a.getTime() - b.getTime())[0];
      if (first) due.push({ segment_id: k.id, contact_id: subject.id, due_at: first.toISOString() });
    }
  }
  const pairs = [...asked].flatMap(([segment, of]) => [...of.keys()].map((id) => [segment, id] as const));
  await sql`
    delete from segment_flips f using unnest(${pairs.map((p) => p[0])}::uuid[], ${pairs.map((p) => p[1])}::uuid[]) as a (s, c)
     where f.segment_id = a.s and f.contact_id = a.c`.execute(tx.db);
  if (due.length === 0) return;
  await sql`
    insert into segment_flips (segment_id, contact_id, due_at)
    select r.segment_id, r.contact_id, r.due_at from json_to_recordset(${JSON.stringify(due)}::json) as r (segment_id uuid, contact_id uuid, due_at timestamptz)
      join contacts c on c.id = r.contact_id and c.deleted_at is null`.execute(tx.db);
}

/** The first fact dated ahead of each contact that has one. */
async function factsAhead(tx: Tx, ids: readonly string[]): Promise<Map<string, Date>> {
  const { rows } = await sql<{ id: string; at: Date }>`
    select contact_id as id, min(occurred_at) as at from facts where contact_id = any(${ids}) and occurred_at > ${tx.clock()} group by contact_id`.execute(
    tx.db,
  );
  return new Map(rows.map((r) => [r.id, r.at]));
}
