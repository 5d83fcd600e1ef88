import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { dayIn } from "./price-for.ts";

/** One line of a product's price table. */
export interface PriceLine {
  id: string;
  price_list: { id: string; title: string };
  currency: string;
  is_default: boolean;
  min_qty: string;
  unit_price: number;
  valid_from: string;
  valid_to: string | null;
  when: "past" | "now" | "future";
}

/** The prices of a product in all lists, by currency and list, the newest first; at most 500. */
export async function pricesOf(ctx: Ctx, productId: string): Promise<PriceLine[]> {
  const today = dayIn(ctx, ctx.clock());
  const { rows } = await sql<PriceLine>`
    select e.id, json_build_object('id', l.id, 'title', l.name) as price_list, l.currency, l.is_default, trim_scale(e.min_qty)::text as min_qty, e.unit_price,
           e.valid_from::text as valid_from, e.valid_to::text as valid_to,
           case when e.valid_from > ${today}::date then 'future' when coalesce(e.valid_to, 'infinity') < ${today}::date then 'past' else 'now' end as when
      from price_entries e join price_lists l on l.id = e.list_id and l.deleted_at is null
     where e.product_id = ${productId}
     order by l.currency, l.is_default desc, l.name, e.min_qty, e.valid_from desc limit 500`.execute(ctx.db);
  return rows;
}
