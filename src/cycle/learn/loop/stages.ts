import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import type { FactName } from "#timeline";

/*
 * Words we use
 *   outcome   what a stage of the cycle is measured by: facts that happen when it does its work
 */
export const cycle = ["attract", "convert", "deliver", "engage", "grow", "learn"] as const;
export type CycleStage = (typeof cycle)[number];

const outcomes: Record<CycleStage, readonly FactName[]> = {
  attract: ["contact.created"],
  convert: ["opportunity.won", "quote.accepted", "lead.converted"],
  deliver: ["order.delivered"],
  engage: ["case.resolved", "onboarding.completed"],
  grow: ["referral.made", "review.written", "reward.earned"],
  learn: ["survey.answered", "improvement.announced"],
};

export interface StageTold {
  stage: CycleStage;
  /** What happened in each of the last 26 weeks, the oldest first; weeks begin on Mondays in the workspace's zone. */
  weeks: { week: string; n: number }[];
  /** The last 28 days, and the 28 before them. */
  now: number;
  before: number;
}

/** How a stage of the cycle does: its outcome week by week. */
export async function stageOf(ctx: Ctx, stage: CycleStage): Promise<StageTold> {
  const now = ctx.clock();
  const names = outcomes[stage];
  const { rows } = await sql<{ week: string; n: number }>`
    with weeks as (select generate_series(date_trunc('week', ${now}::timestamptz at time zone ${ctx.workspace.time_zone}) - interval '25 weeks',
                                          date_trunc('week', ${now}::timestamptz at time zone ${ctx.workspace.time_zone}), interval '1 week') as week),
    told as (select date_trunc('week', f.occurred_at at time zone ${ctx.workspace.time_zone}) as week, count(*)::int as n from facts f
              where f.name = any(${[...names]}) and f.occurred_at >= ${now}::timestamptz - interval '27 weeks' and f.occurred_at <= ${now}
                and not exists (select from fact_withdrawals w where w.fact_id = f.id) group by 1)
    select to_char(w.week, 'YYYY-MM-DD') as week, coalesce(t.n, 0)::int as n from weeks w left join told t using (week) order by w.week`.execute(
    ctx.db,
  );
  const { rows: sums } = await sql<{ now: number; before: number }>`
    select count(*) filter (where f.occurred_at > ${now}::timestamptz - interval '28 days')::int as now,
           count(*) filter (where f.occurred_at <= ${now}::timestamptz - interval '28 days')::int as before
      from facts f where f.name = any(${[...names]}) and f.occurred_at > ${now}::timestamptz - interval '56 days' and f.occurred_at <= ${now}
       and not exists (select from fact_withdrawals w where w.fact_id = f.id)`.execute(ctx.db);
  return { stage, weeks: rows, ...sums[0]! };
}
