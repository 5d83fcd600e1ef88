import { sql } from "kysely";
import { bandsSql } from "#customers";
import type { Tx } from "#platform/context";
import { neighboursSql, pairsSql } from "./neighbours.ts";

/*
 * Words we use
 *   cutoff   91 days before the newest order: what was learnt from the time before it is tested on the time after it
 */
const windowDays = 91;
// So many buyers tell a hit rate to about 2 points; a fixed sample by id, the same at each run.
const testedAtMost = 1500;
const testedAtLeast = 30;
const offered = 10;

export interface RankingTest {
  cutoff: string;
  /** Buyers who bought something new after the cutoff. */
  n: number;
  /** Share of them who bought one of the ten offered to them, and one of the ten most popular ones. */
  hit_rate: number;
  popular_hit_rate: number;
}

async function cutoffOf(tx: Tx): Promise<Date | null> {
  const { rows } = await sql<{ newest: Date | null; oldest: Date | null }>`
    select max(placed_at) as newest, min(placed_at) as oldest from orders where status <> 'cancelled' and deleted_at is null`.execute(
    tx.db,
  );
  const { newest, oldest } = rows[0]!;
  if (!newest || !oldest) return null;
  const cutoff = new Date(newest.getTime() - windowDays * 86_400_000);
  return cutoff.getTime() - oldest.getTime() >= windowDays * 86_400_000 ? cutoff : null;
}

/** How well recommendations would have done: learnt until the cutoff, asked what the same buyers bought for the first time after it. Null without enough history. */
export async function testRanking(tx: Tx): Promise<RankingTest | null> {
  const cutoff = await cutoffOf(tx);
  if (!cutoff) return null;
  const { rows } = await sql<{ n: number; hits: number; popular: number }>`
    with owned as materialized (${pairsSql(cutoff)}),
    later as materialized (select p.buyer, p.product_id from (${pairsSql(tx.clock())}) p
                            where not exists (select from owned o where o.buyer = p.buyer and o.product_id = p.product_id)),
    tested as materialized (select buyer from owned where buyer in (select buyer from later) group by 1 order by buyer limit ${testedAtMost}),
    near as materialized (${neighboursSql(cutoff)}),
    offer as (select buyer, other_id from (
                select t.buyer, n.other_id, row_number() over (partition by t.buyer order by sum(n.similarity) desc, n.other_id) as place
                  from tested t join owned o on o.buyer = t.buyer join near n on n.product_id = o.product_id
                 where not exists (select from owned x where x.buyer = t.buyer and x.product_id = n.other_id) group by 1, 2) r where place <= ${offered}),
    top as (select product_id from owned group by 1 order by count(*) desc, product_id limit ${offered * 5}),
    popular as (select buyer, product_id from (
                  select t.buyer, p.product_id, row_number() over (partition by t.buyer order by p.n desc, p.product_id) as place
                    from tested t cross join (select product_id, count(*) as n from owned where product_id in (select product_id from top) group by 1) p
                   where not exists (select from owned x where x.buyer = t.buyer and x.product_id = p.product_id)) r where place <= ${offered})
    select (select count(*) from tested)::int as n,
           (select count(distinct o.buyer) from offer o join later l on l.buyer = o.buyer and l.product_id = o.other_id)::int as hits,
           (select count(distinct o.buyer) from popular o join later l on l.buyer = o.buyer and l.product_id = o.product_id)::int as popular`.execute(
    tx.db,
  );
  const { n, hits, popular } = rows[0]!;
  if (n < testedAtLeast) return null;
  return { cutoff: cutoff.toISOString(), n, hit_rate: hits / n, popular_hit_rate: popular / n };
}

export interface BandTest {
  cutoff: string;
  rows: { what: "recency" | "frequency" | "money"; band: number; n: number; bought: number }[];
}

/** Of the customers in each band at the cutoff, how many bought in the 91 days after it. Null without enough history. */
export async function testBands(tx: Tx): Promise<BandTest | null> {
  const cutoff = await cutoffOf(tx);
  if (!cutoff) return null;
  const { rows } = await sql<BandTest["rows"][number]>`
    with buyers as (select contact_id as id, max(placed_at) as last_at, count(*)::int as orders, sum(base_total) as paid from orders
                     where contact_id is not null and status <> 'cancelled' and deleted_at is null and placed_at < ${cutoff} group by 1),
    placed as materialized (${sql.raw(bandsSql("buyers"))}),
    later as materialized (select distinct contact_id as id from orders where status <> 'cancelled' and deleted_at is null and placed_at >= ${cutoff})
    select what, band, count(*)::int as n, count(l.id)::int as bought
      from placed p cross join lateral (values ('recency', p.r), ('frequency', p.f), ('money', p.m)) v(what, band) left join later l on l.id = p.id
     group by 1, 2 order by 1, 2`.execute(tx.db);
  const n = rows.filter((r) => r.what === "recency").reduce((sum, r) => sum + r.n, 0);
  return n < testedAtLeast ? null : { cutoff: cutoff.toISOString(), rows };
}
