import { sql } from "kysely";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import type { NextStep, State, Verdict } from "./improvement.ts";
import type { Plan } from "./plan.ts";
import type { Size } from "./size.ts";

export interface Found {
  id: string;
  version: number;
  name: string;
  insight_id: string | null;
  repeats_id: string | null;
  hypothesis: string | null;
  kind: string;
  owner_id: string | null;
  cost_amount: number | null;
  state: State;
  plan: Plan;
  size: Size | null;
  start_at: Date | null;
  review_at: Date | null;
  verdict: Verdict | null;
  next_step: NextStep | null;
  stop_reason: string | null;
  treated_segment_id: string | null;
  held_segment_id: string | null;
  started_fact: string | null;
  deleted_at: Date | null;
}

const columns = sql`
  id, version, name, insight_id, repeats_id, hypothesis, kind, owner_id, cost_amount::float8 as cost_amount, state, plan, size, start_at, review_at, verdict, next_step,
  stop_reason, treated_segment_id, held_segment_id, started_fact, deleted_at`;

/** One improvement as it lies there. */
export async function findImprovement(ctx: Ctx, id: string): Promise<Found> {
  const { rows } = await sql<Found>`select ${columns} from improvements where id = ${id}`.execute(ctx.db);
  if (!rows[0]) throw notFound("improvement");
  return rows[0];
}

/** Those that run now. */
export async function runningNow(ctx: Ctx): Promise<(Found & { start_at: Date })[]> {
  const { rows } = await sql<Found & { start_at: Date }>`
    select ${columns} from improvements where state = 'running' and deleted_at is null order by id`.execute(ctx.db);
  return rows;
}
