import { sql } from "kysely";
import { stringify } from "csv-stringify/sync";
import { dayIn } from "#convert/catalog";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { shownCode } from "./codes.ts";
import type { Promotion } from "./promotion.ts";

export interface Report {
  currency: string;
  uses: number;
  /** What orders with it came to, tax included, minor units. */
  revenue: number;
  /** What it took off them, before tax. */
  cost: number;
  given_back: number;
  /** What is left of each limit; null where there is none. */
  left: { uses: number | null; today: number | null; budget: number | null };
  /** The last twelve weeks, oldest first. */
  weeks: { week: string; uses: number; cost: number; revenue: number }[];
}

// Uses that stand, with what they take off now and what their orders come to.
const uses = (promotionId: string) => sql`
  select u.id, u.at, u.order_id, o.number, o.contact_id, o.account_id, c.name as contact, a.name as account, k.code, o.total - o.cancelled_total as total,
         u.amount + coalesce((select sum(x.amount) from promotion_uses x where x.use_id = u.id), 0)::bigint as amount
    from promotion_uses u join orders o on o.id = u.order_id left join contacts c on c.id = o.contact_id left join accounts a on a.id = o.account_id
    left join promotion_codes k on k.id = u.code_id
   where u.promotion_id = ${promotionId} and u.standing`;

/** How a promotion does: uses over time, what it brought and cost, what is left of its limits. */
export async function reportOf(ctx: Ctx, id: string): Promise<Report> {
  const now = ctx.clock();
  const zone = ctx.workspace.time_zone;
  const { rows } = await sql<Promotion & { today: number; given_back: number; revenue: number; cost: number; uses: number }>`
    select p.*, coalesce((select used from promotion_counts where promotion_id = p.id and key = ${`day ${dayIn(ctx, now)}`}), 0) as today,
           (select count(*)::int from promotion_uses where promotion_id = p.id and kind = 'released') as given_back, u.*
      from promotions p, (select coalesce(sum(total), 0)::bigint as revenue, coalesce(sum(amount), 0)::bigint as cost, count(*)::int as uses from (${uses(id)}) s) u where p.id = ${id}`.execute(ctx.db);
  const p = rows[0];
  if (!p) throw notFound("promotion");
  const { rows: weeks } = await sql<Report["weeks"][number]>`
    select to_char(w.week, 'YYYY-MM-DD') as week, count(s.id)::int as uses, coalesce(sum(s.amount), 0)::bigint as cost, coalesce(sum(s.total), 0)::bigint as revenue
      from generate_series(date_trunc('week', ${now}::timestamptz at time zone ${zone}) - interval '11 weeks', date_trunc('week', ${now}::timestamptz at time zone ${zone}), interval '1 week') as w(week)
      left join (${uses(id)}) s on date_trunc('week', s.at at time zone ${zone}) = w.week
     group by w.week order by w.week`.execute(ctx.db);
  const left = (limit: number | null, used: number): number | null => (limit === null ? null : Math.max(0, limit - used));
  return {
    currency: p.currency, uses: p.uses, revenue: p.revenue, cost: p.cost, given_back: p.given_back, weeks,
    left: { uses: left(p.uses_limit, p.use_count), today: left(p.day_limit, p.today), budget: left(p.budget, p.spent) },
  };
} // prettier-ignore

export interface UseTold {
  id: string;
  at: Date;
  order_id: string;
  number: string;
  contact_id: string | null;
  account_id: string | null;
  contact: string | null;
  account: string | null;
  code: string | null;
  total: number;
  amount: number;
}

/** The uses that stand, newest first; after a use's id for the next page. */
export async function usesOf(
  ctx: Ctx,
  id: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: UseTold[]; next: string | null }> {
  const { rows } = await sql<UseTold>`
    select s.* from (${uses(id)}) s
     where true ${page.cursor ? sql`and (s.at, s.id) < (select at, id from promotion_uses where id = ${page.cursor})` : sql``}
     order by s.at desc, s.id desc limit ${page.limit + 1}`.execute(ctx.db);
  const items = rows.slice(0, page.limit).map((r) => ({ ...r, code: r.code && shownCode(r.code) }));
  return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
}

export interface OnOrder {
  promotion_id: string;
  promotion: string;
  code: string | null;
  amount: number;
}

/** The promotion an order got; null when it got none, or had it given back. */
export async function onOrder(ctx: Ctx, orderId: string): Promise<OnOrder | null> {
  const { rows } = await sql<OnOrder>`
    select u.promotion_id, p.name as promotion, k.code, u.amount + coalesce((select sum(x.amount) from promotion_uses x where x.use_id = u.id), 0)::bigint as amount
      from promotion_uses u join promotions p on p.id = u.promotion_id left join promotion_codes k on k.id = u.code_id
     where u.order_id = ${orderId} and u.standing`.execute(ctx.db);
  const found = rows[0];
  return found ? { ...found, code: found.code && shownCode(found.code) } : null;
}

/** All codes of a promotion as a CSV, oldest first. */
export async function codesCsv(ctx: Ctx, id: string): Promise<{ file: string; type: string; name: string }> {
  const { rows: named } = await sql<{ name: string }>`select name from promotions where id = ${id}`.execute(ctx.db);
  if (!named[0]) throw notFound("promotion");
  const { rows } = await sql<{ code: string; uses_limit: number | null; used: number; active: boolean }>`
    select code, uses_limit, used, active from promotion_codes where promotion_id = ${id} order by id`.execute(ctx.db);
  const lines = rows.map((r) => [shownCode(r.code), r.used, r.uses_limit ?? "", r.active ? "yes" : "no"]);
  const file = stringify([["Code", "Used", "Uses at most", "Active"], ...lines], { bom: true });
  return { file, type: "text/csv; charset=utf-8", name: `${named[0].name.replaceAll(/[^\p{L}\p{N} -]/gu, "")} codes.csv` }; // prettier-ignore
}
