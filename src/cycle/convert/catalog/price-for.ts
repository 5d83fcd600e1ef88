import { sql } from "kysely";
import type { Ctx } from "#platform/context";

export interface PriceAsked {
  product_id: string;
  currency: string;
  /** An instant, or a day as "2026-11-22" in the company's time zone; now unless said. */
  at?: Date | string | undefined;
  /** 1 unless said. */
  quantity?: number | string | undefined;
  /** A list to look into before the currency's default one. */
  price_list_id?: string | undefined;
}

/** A price and where it came from. */
export interface PriceFound {
  /** Minor units of the currency asked for. */
  unit_price: number;
  currency: string;
  from: "list" | "product";
  entry_id: string | null;
  price_list: { id: string; title: string } | null;
  min_qty: string | null;
  valid_from: string | null;
  valid_to: string | null;
}

/** The calendar day of that instant in the company's time zone, "2026-11-22"; a day stays what it is. */
export const dayIn = (ctx: Ctx, at: Date | string): string =>
  typeof at === "string" && /^\d{4}-\d{2}-\d{2}$/.test(at)
    ? at
    : new Intl.DateTimeFormat("en-CA", { timeZone: ctx.workspace.time_zone }).format(new Date(at));

/**
 * What a product costs in that currency on that day from that quantity on: the entry of the named list, else of the currency's default
 * list, else the product's own price when it is in the same currency, else null. Never converts from another currency.
 */
export async function priceFor(ctx: Ctx, asked: PriceAsked): Promise<PriceFound | null> {
  const day = dayIn(ctx, asked.at ?? ctx.clock());
  const { rows } = await sql<PriceFound>`
    select unit_price, currency, "from", entry_id, price_list, min_qty, valid_from, valid_to from (
      select e.unit_price, l.currency, 'list' as "from", e.id as entry_id, json_build_object('id', l.id, 'title', l.name)::jsonb as price_list,
             trim_scale(e.min_qty)::text as min_qty, e.valid_from::text as valid_from, e.valid_to::text as valid_to,
             case when l.id = ${asked.price_list_id ?? null}::uuid then 1 else 2 end as rank, e.min_qty as quantity
        from price_entries e join price_lists l on l.id = e.list_id
       where e.product_id = ${asked.product_id} and l.currency = ${asked.currency} and l.deleted_at is null
         and (l.is_default or l.id = ${asked.price_list_id ?? null}::uuid)
         and ${day}::date between coalesce(l.valid_from, '-infinity') and coalesce(l.valid_to, 'infinity')
         and ${day}::date between e.valid_from and coalesce(e.valid_to, 'infinity') and e.min_qty <= ${String(asked.quantity ?? 1)}::numeric
       union all
      select price, currency, 'product', null, null, null, null, null, 3, 0
        from products where id = ${asked.product_id} and currency = ${asked.currency} and price is not null) p
     order by rank, quantity desc limit 1`.execute(ctx.db);
  return rows[0] ?? null;
}
