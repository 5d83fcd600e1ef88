import { sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid, notFound } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { PricedLine, Scope } from "./reckon.ts";

export interface GoodTold {
  id: string;
  product_id: string | null;
  product: string | null;
  category: string | null;
}

/** Lines of an order with their category and what they cost before tax, in their order. */
export async function pricedLines(tx: Tx, orderId: string): Promise<PricedLine[]> {
  const { rows } = await sql<PricedLine>`
    select l.id, l.product_id, p.category, l.total - l.tax as net from order_lines l left join products p on p.id = l.product_id
     where l.order_id = ${orderId} order by l.position`.execute(tx.db);
  return rows;
}

/** What a promotion is for. */
export async function scopeOf(tx: Ctx, promotionId: string): Promise<Scope> {
  const { rows } = await sql<{ product_id: string | null; category: string | null }>`
    select product_id, category from promotion_goods where promotion_id = ${promotionId}`.execute(tx.db);
  return {
    products: rows.flatMap((r) => r.product_id ?? []),
    categories: rows.flatMap((r) => r.category ?? []),
    limited: rows.length > 0,
  };
}

/** What a promotion is for, by name. */
export async function goodsOf(ctx: Ctx, promotionId: string): Promise<GoodTold[]> {
  const { rows } = await sql<GoodTold>`
    select g.id, g.product_id, p.name as product, g.category from promotion_goods g left join products p on p.id = g.product_id
     where g.promotion_id = ${promotionId} order by g.category nulls last, p.name, g.id`.execute(ctx.db);
  return rows;
}

/** Lets a promotion be for a product or a category, too; named twice it stands once. */
export const addGood = (ctx: Ctx, promotionId: string, good: { product_id?: string | undefined; category?: string | undefined }): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    if ((good.product_id === undefined) === (good.category === undefined)) throw invalid("category", "Name a product or a category.");
    const { rows } = await sql`select 1 from promotions where id = ${promotionId} and deleted_at is null`.execute(tx.db);
    if (rows.length === 0) throw notFound("promotion");
    if (good.product_id) {
      const { rows: there } = await sql`select 1 from products where id = ${good.product_id} and deleted_at is null`.execute(tx.db);
      if (there.length === 0) throw invalid("product_id", "There is no such product.");
    }
    await sql`
      insert into promotion_goods (id, promotion_id, product_id, category) values (${newId()}, ${promotionId}, ${good.product_id ?? null}, ${good.category ?? null})
          on conflict do nothing`.execute(tx.db);
  }); // prettier-ignore

/** Takes a product or category away from a promotion; without any it is for everything. */
export const dropGood = async (ctx: Ctx, promotionId: string, id: string): Promise<void> =>
  void (await sql`delete from promotion_goods where id = ${id} and promotion_id = ${promotionId}`.execute(ctx.db));
