import { CompiledQuery, sql } from "kysely";
import type { Condition } from "#kernel/condition";
import type { Ctx, Tx } from "#platform/context";
import { contact } from "#customers";
import { keepMembers } from "#attract/audience";
import { aboveAccess, conditionSql, objectsFor } from "#records";
import type { Plan } from "./plan.ts";

export interface Exposed {
  contact_id: string;
  at: Date;
}

interface Running {
  id: string;
  plan: Plan;
  start_at: Date;
  treated_segment_id: string | null;
  held_segment_id: string | null;
}

/** The part of all contacts that gets the change; the rest is held out. The same as any condition can ask for. */
export const treatedSample = (id: string, share: number): Condition => ({ sample: { percent: share * 100, salt: id } });

async function testSql(ctx: Ctx, condition: Condition | null | undefined, params: unknown[]): Promise<string> {
  if (!condition) return "true";
  // With the company's own fields, those that are worked out, too: whom it is for does not depend on who asks.
  const objects = await objectsFor(aboveAccess(ctx));
  return conditionSql(condition, objects(contact.name), { objects, now: ctx.clock(), alias: "t", params });
}

/** The first exposure of each contact in [from, until) as SQL (contact_id, at, fact_id): in scope as of now, not in the trash, not withdrawn. */
async function exposuresSql(ctx: Ctx, plan: Plan, scope: Condition | null | undefined, from: Date, until: Date, params: unknown[], only?: readonly string[]): Promise<string> {
  params.push(plan.exposure.fact, from, until, JSON.stringify(plan.exposure.where ?? {}));
  const at = params.length;
  const some = only ? `and f.contact_id = any($${params.push(only)}::uuid[])` : "";
  const inScope = await testSql(ctx, scope, params);
  return `
    select distinct on (f.contact_id) f.contact_id, f.occurred_at as at, f.id as fact_id, t.id
      from facts f join contacts t on t.id = f.contact_id and t.deleted_at is null
     where f.name = $${at - 3} and f.occurred_at >= $${at - 2}::timestamptz and f.occurred_at < $${at - 1}::timestamptz and f.payload @> $${at}::jsonb ${some}
       and not exists (select from fact_withdrawals w where w.fact_id = f.id) and ${inScope}
     order by f.contact_id, f.occurred_at, f.id`;
} // prettier-ignore

/** Who was first exposed when in [from, until). */
export async function exposedIn(ctx: Ctx, plan: Plan, scope: Condition | null | undefined, from: Date, until: Date): Promise<Exposed[]> {
  const params: unknown[] = [];
  const text = await exposuresSql(ctx, plan, scope, from, until, params);
  const { rows } = await ctx.db.executeQuery<Exposed>(CompiledQuery.raw(`select contact_id, at from (${text}) e`, params));
  return rows;
} // prettier-ignore

/**
 * Puts those who were exposed since the start into their arms and writes it down, once and for ever; who has an arm keeps it. `only` looks
 * at some contacts. Their arm is a segment, too, so that campaigns and plays can leave the held-out alone. Answers how many came.
 */
export async function assign(tx: Tx, improvement: Running, only?: readonly string[]): Promise<number> {
  const { id, plan, start_at } = improvement;
  if (plan.design.kind !== "randomised") return 0;
  const params: unknown[] = [id];
  const exposed = await exposuresSql(tx, plan, plan.scope, start_at, new Date(tx.clock().getTime() + 1), params, only);
  const sample = await testSql(tx, treatedSample(id, plan.design.treated), params);
  const { rows } = await tx.db.executeQuery<{ contact_id: string; arm: "treated" | "held" }>(
    CompiledQuery.raw(
      `insert into improvement_people (improvement_id, contact_id, arm, exposed_at, fact_id)
       select $1::uuid, t.contact_id, case when ${sample} then 'treated' else 'held' end, t.at, t.fact_id from (${exposed}) t
           on conflict do nothing returning contact_id, arm`,
      params,
    ),
  );
  for (const [arm, segment] of [["treated", improvement.treated_segment_id], ["held", improvement.held_segment_id]] as const) {
    const came = rows.filter((r) => r.arm === arm).map((r) => r.contact_id);
    if (segment && came.length > 0) await keepMembers(tx, segment, came);
  }
  return rows.length;
} // prettier-ignore

/** Writes down who got which arm when the split was made elsewhere: those exposed since the start until now. Answers how many. */
export async function assignAs(tx: Tx, improvement: Running, armOf: (contact_id: string) => "treated" | "held"): Promise<number> {
  const params: unknown[] = [];
  const exposed = await exposuresSql(tx, improvement.plan, improvement.plan.scope, improvement.start_at, tx.clock(), params);
  const { rows } = await tx.db.executeQuery<{ contact_id: string; at: Date; fact_id: string }>(CompiledQuery.raw(exposed, params));
  const arms = rows.map((r) => ({ contact_id: r.contact_id, at: r.at, fact_id: r.fact_id, arm: armOf(r.contact_id) }));
  await sql`
    insert into improvement_people (improvement_id, contact_id, arm, exposed_at, fact_id)
    select ${improvement.id}, a.contact_id, a.arm, a.at, a.fact_id
      from json_to_recordset(${JSON.stringify(arms)}::json) as a(contact_id uuid, arm text, at timestamptz, fact_id uuid)
        on conflict do nothing`.execute(tx.db);
  for (const [arm, segment] of [["treated", improvement.treated_segment_id], ["held", improvement.held_segment_id]] as const) {
    const came = arms.filter((a) => a.arm === arm).map((a) => a.contact_id);
    if (segment && came.length > 0) await keepMembers(tx, segment, came);
  }
  return arms.length;
} // prettier-ignore
