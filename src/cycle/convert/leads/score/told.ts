import { sql } from "kysely";
import type { Ctx } from "#platform/context";

export interface ScoreTold {
  score: number;
  /** What counts now, the most first. */
  reasons: { key: string; label: string; points: number; since: Date }[];
  /** Every change, newest first, at most 100; with the fact that caused it. */
  log: { label: string; points: number; how: string; at: Date; fact_id: string | null; fact: string | null }[];
}

/** Why a lead has its score: what counts now, and how it came to that. */
export async function scoreTold(ctx: Ctx, id: string): Promise<ScoreTold> {
  const { rows: reasons } = await sql<ScoreTold["reasons"][number]>`
    select key, (array_agg(label order by id desc))[1] as label, sum(points)::int as points, max(at) as since from lead_points
     where lead_id = ${id} group by key having sum(points) <> 0 order by abs(sum(points)) desc, key`.execute(ctx.db);
  const { rows: log } = await sql<ScoreTold["log"][number]>`
    select p.label, p.points, p.how, p.at, f.id as fact_id, f.name as fact from lead_points p left join facts f on f.id = p.caused_by
     where p.lead_id = ${id} order by p.id desc limit 100`.execute(ctx.db);
  return { score: reasons.reduce((sum, r) => sum + r.points, 0), reasons, log };
}
