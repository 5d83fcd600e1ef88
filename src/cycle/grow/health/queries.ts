import { CompiledQuery, sql } from "kysely";
import { contact } from "#customers";
import type { FactSeen } from "#kernel/condition";
import type { Ctx } from "#platform/context";
import { whereOf } from "#records";
import { healthFacts, healthOf, measureNames, type Health, type MeasureName } from "./health.ts";

export interface HealthTold extends Health {
  /** What was noted 30 days ago or before; null when nothing was. */
  before: { day: string; score: number } | null;
  /** How well the score told a quarter ago who would order: 0.5 tells nothing, 1 everything; null when nobody can say yet. */
  auc: number | null;
}

interface Run {
  told: Partial<Record<"score" | MeasureName, number | null>>;
  tested: number;
  customers: number;
}

const lastRun = async (ctx: Ctx) =>
  (await sql<{ ran_at: Date | null; due_at: Date | null; told: Partial<Run> }>`select ran_at, due_at, told from health_runs where what = 'daily'`.execute(ctx.db)).rows[0]!; // prettier-ignore

/** How it stands with a contact or an account now, by its facts; null when nothing is known of it. */
export async function healthNow(ctx: Ctx, whose: { contact_id: string } | { account_id: string }): Promise<HealthTold> {
  const [field, id] = "contact_id" in whose ? (["contact_id", whose.contact_id] as const) : (["account_id", whose.account_id] as const); // prettier-ignore
  const { rows: facts } = await sql<FactSeen>`
    select f.id, f.name, f.occurred_at, f.payload from facts f
     where ${sql.ref(`f.${field}`)} = ${id} and f.name = any(${healthFacts}) and not exists (select from fact_withdrawals w where w.fact_id = f.id)
     order by f.occurred_at, f.id`.execute(ctx.db);
  const { rows: noted } = await sql<{ day: string; score: number }>`
    select day::text, score from health_scores where contact_id = ${field === "contact_id" ? id : null}::uuid and day <= (${ctx.clock()}::timestamptz - interval '30 days')::date order by day desc limit 1`.execute(ctx.db); // prettier-ignore
  const run = await lastRun(ctx);
  return { ...healthOf(facts, ctx.clock()), before: noted[0] ?? null, auc: run.told.told?.score ?? null };
}

export interface HealthOverview {
  ran_at: string | null;
  due_at: string | null;
  customers: number;
  /** How many stand well (70 and more), middling (40 and more) and badly. */
  bands: { good: number; fair: number; poor: number };
  tested: number;
  auc: { score: number | null; measures: { name: MeasureName; auc: number | null }[] };
  /** Those with the most money at stake of whom it stands worst. */
  worst: { id: string; name: string; score: number; paid: number; reason: string }[];
}

/** How it stands with all customers, and how well the score told the future before. */
export async function healthOverview(ctx: Ctx): Promise<HealthOverview> {
  const { ran_at, due_at, told } = await lastRun(ctx);
  const params: unknown[] = [];
  // Only whom the asker may see is counted and named.
  const text = `
    with latest as (select distinct on (h.contact_id) h.contact_id, h.score, h.measures from health_scores h order by h.contact_id, h.day desc),
    seen as (select t.id, t.name, t.paid_total::float8 as paid, l.score, l.measures from latest l join contacts t on t.id = l.contact_id where ${whereOf(ctx, contact, {}, params)})
    select (select json_build_object('good', count(*) filter (where score >= 70), 'fair', count(*) filter (where score >= 40 and score < 70), 'poor', count(*) filter (where score < 40)) from seen) as bands,
           (select coalesce(json_agg(w), '[]') from (
              select id, name, score, paid, (select m ->> 'reason' from jsonb_array_elements(measures) m where m ->> 'value' is not null order by (m ->> 'value')::int limit 1) as reason
                from seen where score < 40 order by paid desc, id limit 10) w) as worst`;
  const { rows } = await ctx.db.executeQuery<Pick<HealthOverview, "bands" | "worst">>(CompiledQuery.raw(text, params));
  return {
    ran_at: ran_at?.toISOString() ?? null,
    due_at: due_at?.toISOString() ?? null,
    customers: told.customers ?? 0,
    ...rows[0]!,
    tested: told.tested ?? 0,
    auc: { score: told.told?.score ?? null, measures: measureNames.map((name) => ({ name, auc: told.told?.[name] ?? null })) },
  };
} // prettier-ignore
