import { sql } from "kysely";
import type { Ctx } from "#platform/context";

/*
 * Words we use
 *   base       orders placed in the same time: the rate is mentions per 100 of them
 *   at stake   what the theme costs and endangers, each part by its name; parts never count the same money twice:
 *              refunded    money given back on orders that mention it
 *              returned    goods that came back on these orders beyond what was refunded
 *              lost        deals lost for it
 *              customers   what those who raised it paid in the last 365 days: not lost, but theirs to take away
 */
export interface Stake {
  refunded: number;
  returned: number;
  lost: number;
  customers: number;
}

export interface ThemeFigures {
  theme_id: string;
  people: number;
  mentions: number;
  orders: number;
  stake: Stake;
}

const there = sql`(m.contact_id is not null or m.account_id is not null) and not exists (select from fact_withdrawals w where w.fact_id = m.fact_id)`;

/** What the themes came to in [from, until), by theme; amounts in minor units of the workspace's currency. */
export async function figuresOf(ctx: Ctx, themes: readonly string[], from: Date, until: Date): Promise<Map<string, ThemeFigures>> {
  const { rows } = await sql<Omit<ThemeFigures, "stake"> & Stake>`
    with said as (
      select * from theme_mentions m where theme_id = any(${themes}) and occurred_at >= ${from} and occurred_at < ${until} and ${there}),
    counts as (
      select theme_id, count(*)::int as mentions, count(distinct coalesce(contact_id, account_id))::int as people, count(distinct order_id)::int as orders,
             sum(base_amount)::float8 as lost
        from said group by 1),
    back as (
      select o.theme_id, o.order_id,
             coalesce((select sum(p.base_amount) from payments p where p.order_id = o.order_id and p.kind = 'refund' and p.deleted_at is null
                          and p.received_at >= ${from} and p.received_at < ${until}), 0) as refunded,
             coalesce((select sum(r.base_total) from returns r where r.order_id = o.order_id and r.deleted_at is null
                          and r.returned_at >= ${from} and r.returned_at < ${until}), 0) as returned
        from (select distinct theme_id, order_id from said where order_id is not null) o),
    goods as (
      select theme_id, sum(refunded)::float8 as refunded, sum(greatest(0, returned - refunded))::float8 as returned from back group by 1),
    worth as (
      select s.theme_id, sum(case when p.kind = 'refund' then -p.base_amount else p.base_amount end)::float8 as paid
        from (select distinct theme_id, contact_id from said where contact_id is not null) s
        join payments p on p.contact_id = s.contact_id and p.deleted_at is null and p.received_at >= ${until}::timestamptz - interval '365 days' and p.received_at < ${until}
       group by 1)
    select c.theme_id, c.mentions, c.people, c.orders, c.lost, coalesce(g.refunded, 0) as refunded, coalesce(g.returned, 0) as returned, coalesce(w.paid, 0) as customers
      from counts c left join goods g using (theme_id) left join worth w using (theme_id)`.execute(ctx.db);
  return new Map(rows.map(({ refunded, returned, lost, customers, ...r }) => [r.theme_id, { ...r, stake: { refunded, returned, lost, customers } }]));
} // prettier-ignore

/** Everything at stake together. */
export const totalStake = (stake: Stake): number => stake.refunded + stake.returned + stake.lost + stake.customers;

/** Orders placed in the time. */
export async function ordersIn(ctx: Ctx, from: Date, until: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from orders where status <> 'cancelled' and deleted_at is null and placed_at >= ${from} and placed_at < ${until}`.execute(ctx.db);
  return rows[0]!.n;
} // prettier-ignore

export interface Beat {
  /** The first day, in the workspace's zone. */
  day: string;
  mentions: number;
  orders: number;
}

/** Mentions and orders by week or month, gaps filled with zeros, the oldest first; by theme. */
export async function trendsOf(ctx: Ctx, themes: readonly string[], from: Date, until: Date, by: "week" | "month"): Promise<Map<string, Beat[]>> {
  const zone = ctx.workspace.time_zone;
  const dayOf = (column: string) => sql`date_trunc(${by}::text, ${sql.raw(column)} at time zone ${zone}::text)::date`;
  const { rows } = await sql<Beat & { theme_id: string }>`
    with beats as (
      select d::date as day from generate_series(date_trunc(${by}::text, ${from}::timestamptz at time zone ${zone}::text), ${until}::timestamptz at time zone ${zone}::text, ${`1 ${by}`}::interval) d),
    said as (
      select theme_id, ${dayOf("m.occurred_at")} as day, count(*)::int as n from theme_mentions m
       where theme_id = any(${themes}) and occurred_at >= ${from} and occurred_at < ${until} and ${there} group by 1, 2),
    sold as (
      select ${dayOf("placed_at")} as day, count(*)::int as n from orders where status <> 'cancelled' and deleted_at is null and placed_at >= ${from} and placed_at < ${until} group by 1)
    select t.theme_id, to_char(b.day, 'YYYY-MM-DD') as day, coalesce(s.n, 0) as mentions, coalesce(o.n, 0) as orders
      from unnest(${themes}::uuid[]) t(theme_id) cross join beats b left join said s on s.theme_id = t.theme_id and s.day = b.day left join sold o on o.day = b.day
     order by t.theme_id, b.day`.execute(ctx.db);
  return new Map([...Map.groupBy(rows, (r) => r.theme_id)].map(([id, all]) => [id, all.map(({ day, mentions, orders }) => ({ day, mentions, orders }))]));
} // prettier-ignore

export interface ThemeProduct {
  product_id: string;
  name: string;
  mentions: number;
  /** Orders in the same time that hold it. */
  orders: number;
}

/** The products a theme is about: named by the mention itself, or what came back; the most mentioned first, at most 20. */
export async function productsOf(ctx: Ctx, theme: string, from: Date, until: Date): Promise<ThemeProduct[]> {
  const { rows } = await sql<ThemeProduct>`
    with said as (select * from theme_mentions m where theme_id = ${theme} and occurred_at >= ${from} and occurred_at < ${until} and ${there}),
    named as (
      select key, product_id from said where product_id is not null
      union select s.key, l.product_id from said s join return_lines l on l.return_id = s.return_id where l.product_id is not null),
    counted as (select product_id, count(distinct key)::int as mentions from named group by 1 order by 2 desc limit 20)
    select c.product_id, p.name, c.mentions,
           (select count(distinct l.order_id)::int from order_lines l join orders o on o.id = l.order_id
             where l.product_id = c.product_id and o.deleted_at is null and o.status <> 'cancelled' and o.placed_at >= ${from} and o.placed_at < ${until}) as orders
      from counted c join products p on p.id = c.product_id order by c.mentions desc, p.name`.execute(ctx.db);
  return rows;
} // prettier-ignore
