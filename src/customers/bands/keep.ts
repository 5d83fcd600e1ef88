import type { Tx } from "#platform/context";
import { recordFrom } from "#timeline";
import { bands } from "./band.ts";

// Band names are our own words, never a person's text.
const named = `case ${bands.map((b) => `when ${b.when} then '${b.value}'`).join(" ")} end`;

/**
 * Bands r, f and m over rows (id, last_at, orders, paid), as SQL. Recency and money are quintiles by rank, ties broken by id; frequency
 * is by value, since most customers bought once and a rank would split them by chance (Online Retail: quintiles 1 and 2 of F are not
 * monotone by rank).
 */
export const bandsSql = (from: string): string => `
  select id, ntile(5) over (order by last_at, id) as r,
         least(5, 1 + floor(5 * percent_rank() over (order by orders)))::int as f,
         ntile(5) over (order by paid, id) as m
    from ${from}`;

/** Places every live contact who ordered into their bands, and tells on the timeline who moved from one to another. One statement; answers how many are banded and how many moved. */
export async function keepBands(tx: Tx): Promise<{ banded: number; moved: number }> {
  const withs = `
    buyers as (select id, last_order_at as last_at, order_count as orders, paid_total as paid, rfm_band as was
                 from contacts where deleted_at is null and order_count > 0),
    placed as (select *, ${named} as band from (${bandsSql("buyers")}) x),
    changed as (update contacts c set rfm_recency = p.r, rfm_frequency = p.f, rfm_money = p.m, rfm_band = p.band
                  from placed p join buyers b using (id)
                 where c.id = p.id and (c.rfm_recency, c.rfm_frequency, c.rfm_money, c.rfm_band) is distinct from (p.r, p.f, p.m, p.band)
                returning c.id, c.account_id, b.was, p.band),
    left_out as (update contacts c set rfm_recency = null, rfm_frequency = null, rfm_money = null, rfm_band = null
                  where rfm_band is not null and (order_count = 0 or deleted_at is not null) returning c.id),
    told as (select 'customer.banded' as name, id as contact_id, account_id, null::uuid as caused_by,
                    jsonb_build_object('from', was, 'to', band) as payload
               from changed where was is not null and was <> band)`;
  const answer = `select (select count(*) from placed)::int as banded, (select count(*) from written)::int as moved, (select count(*) from left_out) as gone`;
  const [row] = await recordFrom<{ banded: number; moved: number }>(tx, withs, [], answer);
  return { banded: row!.banded, moved: row!.moved };
}
