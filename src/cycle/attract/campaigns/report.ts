import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { countReads, countSends, type ReadCount, type SendCount } from "#attract/channels";
import { findCampaign } from "./queries.ts";

export interface Attributed {
  orders: number;
  /** Minor units of the workspace's currency. */
  revenue: number;
}

export interface Report {
  total: number;
  counts: SendCount[];
  reads: ReadCount;
  /** Paid orders of people it touched (a person's click, a form with its name) before they ordered, within the days. */
  first: Attributed;
  last: Attributed;
  days: number;
  cost: number | null;
  /** Cost of one paid order by last touch, rounded to minor units; null without cost or orders. */
  cost_per_order: number | null;
  links: { url: string; people: number }[];
}

export interface AttributedOrder {
  order_id: string;
  number: string;
  contact_id: string;
  contact_name: string;
  amount: number;
  paid_at: Date;
  touched_at: Date;
}

/**
 * Paid orders with the first and the last touch before each. A touch: a person's click in a campaign, or a form sent with a campaign's
 * name; within the days before the order was placed. Only people this campaign touched are looked at.
 */
const attributed = (id: string, days: number, touch: "first" | "last") => sql<AttributedOrder>`
  with touched as (
    select distinct f.contact_id from facts f where f.campaign_id = ${id} and f.name = 'campaign.clicked' and f.contact_id is not null
       and not exists (select from fact_withdrawals w where w.fact_id = f.id)
    union
    select s.contact_id from form_submissions s join campaigns c on c.id = ${id} and lower(s.utm_campaign) in (lower(c.name), c.id::text)
     where s.verdict = 'accepted' and s.contact_id is not null),
  touches as (
    select f.contact_id, f.occurred_at as at, coalesce(f.campaign_id::text, lower(f.payload ->> 'campaign')) as by
      from facts f join touched t on t.contact_id = f.contact_id
     where f.name = 'campaign.clicked' and not exists (select from fact_withdrawals w where w.fact_id = f.id)
    union all
    select s.contact_id, s.submitted_at, coalesce((select c.id::text from campaigns c where lower(c.name) = lower(s.utm_campaign) or c.id::text = lower(s.utm_campaign) order by c.created_at desc limit 1), lower(s.utm_campaign))
      from form_submissions s join touched t on t.contact_id = s.contact_id where s.verdict = 'accepted' and s.utm_campaign is not null),
  paid as (
    select distinct on (p.payload ->> 'order_id') p.contact_id, p.payload ->> 'order_id' as order_id, p.payload ->> 'number' as number, (p.payload ->> 'base_amount')::bigint as amount,
           p.occurred_at as paid_at,
           coalesce((select o.occurred_at from facts o where o.contact_id = p.contact_id and o.name = 'order.placed' and o.payload ->> 'order_id' = p.payload ->> 'order_id' limit 1), p.occurred_at) as placed_at
      from facts p join touched t on t.contact_id = p.contact_id
     where p.name = 'order.paid' and not exists (select from fact_withdrawals w where w.fact_id = p.id)
     order by p.payload ->> 'order_id', p.occurred_at desc)
  select p.order_id, p.number, p.contact_id, c.name as contact_name, p.amount, p.paid_at, x.at as touched_at
    from paid p join contacts c on c.id = p.contact_id
    cross join lateral (
      select t.by, t.at from touches t
       where t.contact_id = p.contact_id and t.at <= p.placed_at and t.at > p.placed_at - make_interval(days => ${days})
       order by t.at ${sql.raw(touch === "first" ? "asc" : "desc")} limit 1) x
   where x.by = ${id} order by p.paid_at desc, p.order_id`;

/** The paid orders a campaign is given, by first or last touch; at most 500. */
export async function ordersOf(
  ctx: Ctx,
  id: string,
  days: number,
  touch: "first" | "last",
): Promise<AttributedOrder[]> {
  const { rows } = await sql<AttributedOrder>`select * from (${attributed(id, days, touch)}) a limit 500`.execute(
    ctx.db,
  );
  return rows;
}

async function sumOf(ctx: Ctx, id: string, days: number, touch: "first" | "last"): Promise<Attributed> {
  const { rows } = await sql<Attributed>`
    select count(*)::int as orders, coalesce(sum(amount), 0)::bigint as revenue from (${attributed(id, days, touch)}) a`.execute(
    ctx.db,
  );
  return rows[0]!;
}

/** What became of a campaign, down to paid orders. */
export async function reportOf(ctx: Ctx, id: string, days: number): Promise<Report> {
  const { cost } = await findCampaign(ctx, id);
  const counts = await countSends(ctx, { source: "campaign", source_id: id });
  const reads = await countReads(ctx, { source: "campaign", source_id: id });
  const [first, last] = [await sumOf(ctx, id, days, "first"), await sumOf(ctx, id, days, "last")];
  const { rows: links } = await sql<{ url: string; people: number }>`
    select f.payload ->> 'url' as url, count(distinct f.contact_id)::int as people from facts f
     where f.campaign_id = ${id} and f.name = 'campaign.clicked' and f.payload ? 'url' and not exists (select from fact_withdrawals w where w.fact_id = f.id)
     group by 1 order by 2 desc, 1 limit 20`.execute(ctx.db);
  return {
    total: counts.reduce((sum, c) => sum + c.n, 0),
    counts,
    reads,
    first,
    last,
    days,
    cost,
    cost_per_order: cost !== null && last.orders > 0 ? Math.round(cost / last.orders) : null,
    links,
  };
}
