import { sql, type RawBuilder } from "kysely";
import type { Ctx } from "#platform/context";
import type { History } from "./ahead.ts";
import type { Past } from "./learn.ts";

/*
 * Words we use
 *   buyer   who orders: the contact, or the account of an order that names nobody
 *   worth   of an order: its total less what came back, in minor units of the workspace's currency; cancelled orders are none
 */
export type Whose = { contact_id: string } | { account_id: string };

/** Days with an order of everybody, or of some; days are the workspace's. */
const daysSql = (ctx: Ctx, whose?: Whose): RawBuilder<unknown> => sql`
  select coalesce(contact_id, account_id) as buyer, (placed_at at time zone ${ctx.workspace.time_zone})::date as day,
         sum(greatest(0, base_total - round(returned * to_base)))::float8 as worth
    from orders where coalesce(contact_id, account_id) is not null and status <> 'cancelled' and deleted_at is null
         ${whose === undefined ? sql`` : "contact_id" in whose ? sql`and contact_id = ${whose.contact_id}` : sql`and account_id = ${whose.account_id}`}
   group by 1, 2`; // prettier-ignore

/** Histories by what was ordered before a day (YYYY-MM-DD), and what came after it; time in weeks. */
async function historiesUntil(ctx: Ctx, day: string, whose?: Whose): Promise<(Past & { buyer: string })[]> {
  const until = sql`${day}::date`;
  const { rows } = await sql<Past & { buyer: string }>`
    with days as materialized (${daysSql(ctx, whose)}),
    firsts as (select buyer, min(day) as first from days where day < ${until} group by 1)
    select buyer, (count(*) filter (where day < ${until}))::int - 1 as again, ((max(day) filter (where day < ${until})) - first)::float8 / 7 as last,
           ((${until} - 1) - first)::float8 / 7 as age, coalesce(avg(worth) filter (where day > first and day < ${until}), 0)::float8 as each,
           (count(*) filter (where day >= ${until}))::int as later, coalesce(sum(worth) filter (where day >= ${until}), 0)::float8 as "laterWorth"
      from days join firsts using (buyer) group by buyer, first order by buyer`.execute(ctx.db);
  return rows;
}

const dayOf = (at: Date, zone: string): string => new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(at); // prettier-ignore
const dayMs = 86_400_000;
const plusDays = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * dayMs).toISOString().slice(0, 10);

/** Today's histories of a customer: their own, or of everybody who orders for an account. */
export const historiesOf = (ctx: Ctx, whose: Whose): Promise<(History & { buyer: string })[]> =>
  historiesUntil(ctx, plusDays(dayOf(ctx.clock(), ctx.workspace.time_zone), 1), whose);

// A model is asked about a year; it is tested on as much of it as the past allows, a third at most, so that something is left to learn from.
const testedDays = 365;

/** All histories up to now, and those up to a cutoff with what came after it. */
export async function everybody(ctx: Ctx): Promise<{ now: History[]; before: Past[]; weeks: number }> {
  const tomorrow = plusDays(dayOf(ctx.clock(), ctx.workspace.time_zone), 1);
  const { rows } = await sql<{ oldest: string | null }>`select min(day)::text as oldest from (${daysSql(ctx)}) d`.execute(ctx.db);
  const { oldest } = rows[0]!;
  if (!oldest) return { now: [], before: [], weeks: 0 };
  const known = Math.round((Date.parse(tomorrow) - Date.parse(oldest)) / dayMs);
  const tested = Math.min(testedDays, Math.floor(known / 3));
  const now = await historiesUntil(ctx, tomorrow);
  const before = tested < 28 ? [] : await historiesUntil(ctx, plusDays(tomorrow, -tested));
  return { now, before, weeks: tested / 7 };
} // prettier-ignore
