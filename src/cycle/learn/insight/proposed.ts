import { sql } from "kysely";
import { newcombe, normalCdf, zOfProportions, type Interval, type Proportion } from "#kernel/statistics";
import { invalid } from "#kernel/refusal";
import type { Ctx } from "#platform/context";

/*
 * Words we use
 *   exposed   customers with an order in the time or in the 30 days before it: those who could have met the trouble
 *   rise      of the exposed, the share who raised the theme in the last 30 days against the 90 days before them, scaled to as long
 *   proposal  a theme whose rise chance does not explain: two-proportion test, and of all themes tested at once at most one in twenty
 *             of those proposed is a false alarm (Benjamini and Hochberg 1995)
 */
const dayMs = 86_400_000;
export const lately = 30;
const windows = 3;
const falseAlarms = 0.05;
// Fewer people than this raise nothing, however surely.
const leastPeople = 5;

export interface Rise {
  theme_id: string;
  now: Proportion;
  before: Proportion;
  /** Of the two shares, now less before. */
  difference: Interval;
  p: number;
}

/** One-sided chance of a rise this large when there is none. */
export const chanceOfRise = (now: Proportion, before: Proportion): number =>
  now.n === 0 || before.n === 0 ? 1 : normalCdf(-zOfProportions(now, before));

/** Those of the tests that stand when at most `rate` of what is kept may be false (Benjamini and Hochberg 1995). */
export function kept<T extends { p: number }>(tests: readonly T[], rate = falseAlarms): T[] {
  const sorted = tests.toSorted((a, b) => a.p - b.p);
  const last = sorted.findLastIndex((t, i) => t.p <= (rate * (i + 1)) / sorted.length);
  return sorted.slice(0, last + 1);
}

interface Counted {
  theme_id: string;
  window: number;
  k: number;
}

/** How many customers could have met trouble, and how many raised each theme, in the last 30 days and in each of the three 30 days before. */
async function countsOf(ctx: Ctx): Promise<{ exposed: number[]; raised: Counted[] }> {
  const now = ctx.clock();
  const ends = Array.from({ length: windows + 1 }, (_, i) => new Date(now.getTime() - i * lately * dayMs));
  const { rows } = await sql<{ i: number; n: number }>`
    select e.i, (select count(distinct o.contact_id)::int from orders o where o.deleted_at is null and o.status <> 'cancelled' and o.contact_id is not null
                    and o.placed_at > e.until - interval '60 days' and o.placed_at <= e.until) as n
      from unnest(${ends}::timestamptz[]) with ordinality e(until, i)`.execute(ctx.db);
  const { rows: raised } = await sql<Counted>`
    select m.theme_id, e.i::int - 1 as window, count(distinct m.contact_id)::int as k
      from unnest(${ends}::timestamptz[]) with ordinality e(until, i)
      join theme_mentions m on m.occurred_at > e.until - interval '30 days' and m.occurred_at <= e.until and m.contact_id is not null
      join themes t on t.id = m.theme_id and t.active and t.deleted_at is null
     where not exists (select from fact_withdrawals w where w.fact_id = m.fact_id)
       and exists (select from orders o where o.contact_id = m.contact_id and o.deleted_at is null and o.status <> 'cancelled'
                      and o.placed_at > e.until - interval '60 days' and o.placed_at <= e.until)
     group by 1, 2`.execute(ctx.db);
  return { exposed: rows.toSorted((a, b) => a.i - b.i).map((r) => r.n), raised };
} // prettier-ignore

/** The themes that rose lately more than chance explains, the surest first; those with an open insight or waved away are left out. */
export async function proposals(ctx: Ctx): Promise<Rise[]> {
  const { exposed, raised } = await countsOf(ctx);
  const tests = [...Map.groupBy(raised, (r) => r.theme_id)].map(([theme_id, all]): Rise => {
    const at = (window: number): number => all.find((r) => r.window === window)?.k ?? 0;
    const before = [1, 2, 3].reduce((sum, w) => ({ k: sum.k + at(w), n: sum.n + exposed[w]! }), { k: 0, n: 0 });
    const now = { k: at(0), n: exposed[0]! };
    return { theme_id, now, before, difference: newcombe(now, before), p: chanceOfRise(now, before) };
  });
  const risen = kept(tests).filter((t) => t.now.k >= leastPeople);
  if (risen.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select t.id from themes t where t.id = any(${risen.map((r) => r.theme_id)})
       and (exists (select from insights i where i.theme_id = t.id and i.state <> 'closed' and i.deleted_at is null)
            or exists (select from proposals_put_off o where o.theme_id = t.id and o.until > ${ctx.clock()}))`.execute(ctx.db);
  const known = new Set(rows.map((r) => r.id));
  return risen.filter((r) => !known.has(r.theme_id));
} // prettier-ignore

/** Waves a proposal away for 90 days; days of zero bring it back. */
export async function putOffProposal(ctx: Ctx, theme_id: string, days: number): Promise<void> {
  const until = new Date(ctx.clock().getTime() + days * dayMs);
  const { rows } = await sql`
    insert into proposals_put_off (theme_id, until, by_name) select id, ${until}, ${ctx.actor.name} from themes where id = ${theme_id}
        on conflict (theme_id) do update set until = excluded.until, by_name = excluded.by_name returning theme_id`.execute(ctx.db);
  if (rows.length === 0) throw invalid("id", "There is no such theme.");
} // prettier-ignore
