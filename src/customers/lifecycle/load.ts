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
  // One row a subject: sorted within it instead of all at once on disk, and its JSON is read in one go: 5 µs of CPU a fact instead of 8.
  const { rows } = await sql<{ subject: string; told: string }>`
    select s.id as subject, f.told
      from unnest(${ids}::uuid[]) as s(id)
     cross join lateral (
       select json_agg(json_build_array(f.id, f.name, floor(extract(epoch from f.occurred_at) * 1000)::bigint, f.payload) order by f.occurred_at, f.id)::text as told
         from facts f
        where f.${by} = s.id and f.name = any(${names}) and not exists (select from fact_withdrawals w where w.fact_id = f.id)) f
     where f.told is not null`.execute(ctx.db);
  return new Map(rows.map(({ subject, told }) => [subject, (JSON.parse(told) as ToldFact[]).map(factOf)]));
}

type ToldFact = [id: string, name: string, ms: number, payload: Record<string, unknown>];
const factOf = ([id, name, ms, payload]: ToldFact): FactSeen => ({ id, name, occurred_at: new Date(ms), payload });

/** The moves that stand in the books, ascending. */
export async function movesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, StoredMove[]>> {
  const { rows } = await sql<{ subject: string; from: Move["from"]; to: Move["to"] } & Omit<StoredMove, "from" | "to">>`
    select subject_id as subject, id, from_stage as "from", to_stage as "to", at, rule, to_json(evidence) as evidence, by_time, reason, fact_id
      from lifecycle_transitions where subject_id = any(${ids}) and withdrawn_at is null order by at, id`.execute(
    ctx.db,
  );
  const found = new Map<string, StoredMove[]>();
  for (const { subject, ...move } of rows) {
    const list = found.get(subject);
    if (list) list.push(move);
    else found.set(subject, [move]);
  }
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
