import { sql } from "kysely";
import type { Condition } from "#kernel/condition";
import type { Ctx } from "#platform/context";

/*
 * Words we use
 *   repeat   of the contacts whose first order lies in the period half a year ago, those who ordered again within 183 days; so every one
 *            of them had the whole half year to come back
 */
const halfYear = "183 days";

export interface Repeat {
  n: number;
  again: number;
}

/** How many bought again within six months, for the period and for the one of the same length before it. */
export async function repeatOf(ctx: Ctx, from: Date, until: Date): Promise<{ now: Repeat; before: Repeat }> {
  const earlier = new Date(2 * from.getTime() - until.getTime());
  const { rows } = await sql<Repeat & { now: boolean }>`
    select c.first_order_at >= ${from}::timestamptz - ${halfYear}::interval as now, count(*)::int as n,
           count(*) filter (where exists (select from orders o where o.contact_id = c.id and o.status <> 'cancelled' and o.deleted_at is null
                                             and o.placed_at > c.first_order_at and o.placed_at <= c.first_order_at + ${halfYear}::interval))::int as again
      from contacts c
     where c.deleted_at is null and c.first_order_at >= ${earlier}::timestamptz - ${halfYear}::interval and c.first_order_at < ${until}::timestamptz - ${halfYear}::interval
     group by 1`.execute(ctx.db);
  const of = (now: boolean): Repeat => {
    const row = rows.find((r) => r.now === now);
    return { n: row?.n ?? 0, again: row?.again ?? 0 };
  };
  return { now: of(true), before: of(false) };
}

/** The contacts whose first order the repeat rate of the period is about. */
export const firstOrdersOf = (from: Date, until: Date): Condition => {
  const day = (at: Date): string => new Date(at.getTime() - 183 * 86_400_000).toISOString();
  return {
    all: [
      { field: "first_order_at", op: "gte", value: day(from) },
      { field: "first_order_at", op: "lt", value: day(until) },
    ],
  };
};
