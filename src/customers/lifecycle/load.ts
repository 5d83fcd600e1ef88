import { sql } from "kysely";
import type { FactSeen } from "#kernel/condition";
import type { Ctx } from "#platform/context";
import type { SubjectKind } from "../stage.ts";
import type { Move } from "./replay.ts";
import type { RuleSet } from "./rules.ts";
import { acts, traitFacts } from "./traits.ts";

export interface StoredMove extends Move {
  id: string;
  fact_id: string;
}

export interface WalkRow {
  subject_id: string;
  walked_until: Date;
  rule_version: number;
  fact_count: number;
  due_at: Date | null;
}

/** Kinds of facts a story is told from: those that wake rules, add up to traits, or say when the customer became known. */
export const factsOfStory = (kind: SubjectKind, rules: RuleSet): string[] => [
  ...new Set([`${kind}.created`, ...rules.walk.waking, ...traitFacts, ...acts]),
];

/** The facts of these subjects' stories, ascending, withdrawn ones left out. */
export async function factsOf(
  ctx: Ctx,
  kind: SubjectKind,
  ids: readonly string[],
  names: readonly string[],
): Promise<Map<string, FactSeen[]>> {
  const by = sql.ref(`${kind}_id`);
  const { rows } = await sql<{
    subject: string;
    id: string;
    name: string;
    ms: number;
    payload: Record<string, unknown>;
  }>`
    select f.${by} as subject, f.id, f.name, floor(extract(epoch from f.occurred_at) * 1000)::float8 as ms, f.payload
      from unnest(${ids}::uuid[]) as s(id) cross join lateral (select * from facts f where f.${by} = s.id and f.name = any(${names})) f
     where not exists (select from fact_withdrawals w where w.fact_id = f.id)
     order by f.occurred_at, f.id`.execute(ctx.db);
  const found = new Map<string, FactSeen[]>();
  for (const r of rows) {
    const fact: FactSeen = { id: r.id, name: r.name, occurred_at: new Date(r.ms), payload: r.payload };
    const list = found.get(r.subject);
    if (list) list.push(fact);
    else found.set(r.subject, [fact]);
  }
  return found;
}

/** The moves that stand in the books, ascending. */
export async function movesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, StoredMove[]>> {
  const { rows } = await sql<{ subject: string; from: Move["from"]; to: Move["to"] } & Omit<StoredMove, "from" | "to">>`
    select subject_id as subject, id, from_stage as "from", to_stage as "to", at, rule, evidence, by_time, reason, fact_id
      from lifecycle_transitions where subject_id = any(${ids}) and withdrawn_at is null order by at, id`.execute(
    ctx.db,
  );
  const found = new Map<string, StoredMove[]>();
  for (const { subject, ...move } of rows) found.set(subject, [...(found.get(subject) ?? []), move]);
  return found;
}

/** How far these stories were walked. */
export async function walksOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, WalkRow>> {
  const { rows } = await sql<WalkRow>`
    select subject_id, walked_until, rule_version, fact_count, due_at from lifecycle_walks where subject_id = any(${ids})`.execute(
    ctx.db,
  );
  return new Map(rows.map((r) => [r.subject_id, r]));
}

/** Acts of the company under way that stand in the books, as one comparable text each. */
export async function actsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ subject_id: string; told: string }>`
    select subject_id, string_agg(floor(extract(epoch from at) * 1000)::bigint || ' ' || coalesce(act, '-'), ',' order by position) as told
      from lifecycle_acts where subject_id = any(${ids}) group by subject_id`.execute(ctx.db);
  return new Map(rows.map((r) => [r.subject_id, r.told]));
}
