import { sql } from "kysely";
import { invalid } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { inReach } from "#records";
import { opportunity } from "./opportunity.ts";
import { pipelinesOf, type PipelineTold, type Stage } from "./stages.ts";

/*
 * Words we use
 *   board    the open deals of a pipeline by stage, and what was decided lately
 *   column   a stage with its deals: how many, their sum, and the sum weighted by probability, in the company's currency
 */
export interface Card {
  id: string;
  version: number;
  name: string;
  contact: { id: string; title: string } | null;
  account: { id: string; title: string } | null;
  owner: { id: string; title: string } | null;
  /** Minor units. */
  amount: number;
  currency: string;
  base_amount: number;
  probability: number;
  expected_close: string | null;
  lost_reason_id: string | null;
  stage_since: string;
  touched_at: string;
}

export interface Column extends Stage {
  count: number;
  /** Minor units of the workspace's currency. */
  total: number;
  /** Sum of amount x probability, rounded once. */
  weighted: number;
  cards: Card[];
}

export interface Board {
  pipeline: Omit<PipelineTold, "stages">;
  columns: Column[];
  /** Sums over the open columns. */
  count: number;
  total: number;
  weighted: number;
}

/** So many cards of a column are shown; its sums count all. */
export const cardsShown = 500;
/** What was won or lost stands on the board so long, in days. */
export const decidedDays = 30;
const dayMs = 86_400_000;

/** The board of a pipeline, the default one unless said; of one owner when wanted. */
export async function boardOf(
  ctx: Ctx,
  wanted: { pipeline_id?: string | undefined; owner_id?: string | undefined },
): Promise<Board> {
  const all = await pipelinesOf(ctx);
  const found = wanted.pipeline_id ? all.find((p) => p.id === wanted.pipeline_id) : all[0];
  if (!found) throw invalid("pipeline_id", "There is no such pipeline.");
  const since = new Date(ctx.clock().getTime() - decidedDays * dayMs);
  const where = sql`
    o.pipeline_id = ${found.id} and o.deleted_at is null and (o.status = 'open' or o.closed_at >= ${since})
      and (${wanted.owner_id ?? null}::uuid is null or o.owner_id = ${wanted.owner_id ?? null}::uuid) and ${inReach(ctx, opportunity, "o")}`;
  const { rows: sums } = await sql<{ stage_id: string; count: number; total: number; weighted: number }>`
    select o.stage_id, count(*) as count, sum(o.base_amount)::bigint as total, round(sum(o.base_amount::numeric * o.probability) / 100)::bigint as weighted
      from opportunities o where ${where} group by o.stage_id`.execute(ctx.db);
  const { rows: open } = await sql<{ count: number; total: number; weighted: number }>`
    select count(*) as count, coalesce(sum(o.base_amount), 0)::bigint as total, coalesce(round(sum(o.base_amount::numeric * o.probability) / 100), 0)::bigint as weighted
      from opportunities o where ${where} and o.status = 'open'`.execute(ctx.db);
  const { rows: cards } = await sql<Card & { stage_id: string }>`
    select o.id, o.version, o.name, o.amount, o.currency, o.base_amount, o.probability, o.expected_close, o.lost_reason_id, o.stage_since, o.touched_at, o.stage_id,
           case when c.id is not null then json_build_object('id', c.id, 'title', c.name) end as contact,
           case when a.id is not null then json_build_object('id', a.id, 'title', a.name) end as account,
           case when u.id is not null then json_build_object('id', u.id, 'title', u.name) end as owner
      from (select o.*, row_number() over (partition by o.stage_id order by o.stage_since desc, o.id desc) as place from opportunities o where ${where}) o
      left join contacts c on c.id = o.contact_id left join accounts a on a.id = o.account_id left join rondo.users u on u.id = o.owner_id
     where o.place <= ${cardsShown} order by o.stage_since desc, o.id desc`.execute(ctx.db);
  const byStage = Map.groupBy(cards, (c) => c.stage_id);
  const { stages, ...pipeline } = found;
  const columns = stages.map((stage): Column => {
    const { count = 0, total = 0, weighted = 0 } = sums.find((s) => s.stage_id === stage.id) ?? {};
    return { ...stage, count, total, weighted, cards: byStage.get(stage.id) ?? [] };
  });
  return { pipeline, columns, ...open[0]! };
}
