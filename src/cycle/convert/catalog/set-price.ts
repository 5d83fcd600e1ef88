import { sql } from "kysely";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { lockRecord, registerHandActs } from "#records";
import { dayIn } from "./price-for.ts";
import { priceListType } from "./price-list.ts";
import { productType } from "./product.ts";
import { overlap, setPrices, shifted, tellPrices, type NewPrice } from "./set-prices.ts";

/**
 * Sets what a product costs in a list from a day on; answers the entry's id. An open-ended price before it ends the day before (and
 * goes on after it when the new one has a last day); any other overlap is refused. What was charged in the past stays as it was.
 */
export const setPrice = (ctx: Ctx | Tx, price: NewPrice): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    await lockRecord(tx, priceListType, price.price_list_id);
    await lockRecord(tx, productType, price.product_id);
    const [set] = await setPrices(tx, [price]);
    if (set instanceof Refused) throw set;
    if (set!.outcome === "known") throw overlap({ ...price, valid_from: price.valid_from ?? dayIn(tx, tx.clock()), valid_to: price.valid_to ?? null }); // prettier-ignore
    return set!.id;
  });

/** Takes back a price that is not valid yet; the price before it goes on over its days. */
export const dropPrice = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { rows: lists } = await sql<{ list_id: string; product_id: string }>`
      select list_id, product_id from price_entries where id = ${id}`.execute(tx.db);
    if (!lists[0]) throw notFound("price");
    const list = await lockRecord(tx, priceListType, lists[0].list_id);
    const product = await lockRecord(tx, productType, lists[0].product_id);
    const { rows } = await sql<Gone>`
      delete from price_entries where id = ${id} and valid_from > ${dayIn(tx, tx.clock())}::date returning ${told}`.execute(
      tx.db,
    );
    const gone = rows[0];
    if (!gone)
      throw new Refused("conflict", "price.valid", "This price is valid already; set another one from a day on.");
    await goOn(tx, { list_id: list.id, product_id: product.id, ...gone });
    await tellPrices(tx, [{ product, fields: { [`${String(list.name)}, ${gone.valid_from}`]: [gone.unit_price, null] } }]); // prettier-ignore
  });

interface Gone {
  unit_price: number;
  min_qty: string;
  valid_from: string;
  valid_to: string | null;
  ended_former: boolean;
}

const told = sql`unit_price, trim_scale(min_qty)::text as min_qty, valid_from::text as valid_from, valid_to::text as valid_to, ended_former`;

/** The price that the gone one ended goes on over its days. */
const goOn = async (tx: Tx, gone: Gone & { list_id: string; product_id: string }): Promise<void> => {
  if (!gone.ended_former) return;
  await sql`
    update price_entries set valid_to = ${gone.valid_to}::date
     where list_id = ${gone.list_id} and product_id = ${gone.product_id} and min_qty = ${gone.min_qty}::numeric and valid_to = ${shifted(gone.valid_from, -1)}::date`.execute(
    tx.db,
  );
};

/** Takes back the prices of a product that one act set, the latest first: every day costs what it did before. Answers whether there were any. */
async function takeBackPrices(tx: Tx, { set_id, record_id }: { set_id: string; record_id: string }): Promise<boolean> {
  // Whoever sets a price of this product waits for its row, too, in whatever list.
  const product = await lockRecord(tx, productType, record_id);
  const { rows } = await sql<{ id: string; list_id: string; list: string }>`
    select e.id, l.id as list_id, l.name as list from price_entries e join price_lists l on l.id = e.list_id
     where e.set_id = ${set_id} and e.product_id = ${product.id} order by e.valid_from desc`.execute(tx.db);
  const fields: Record<string, [unknown, unknown]> = {};
  for (const { id, list_id, list } of rows) {
    const gone = (await sql<Gone>`delete from price_entries where id = ${id} returning ${told}`.execute(tx.db)).rows[0]!;
    await goOn(tx, { ...gone, list_id, product_id: product.id });
    fields[`${list}, from ${gone.min_qty}, ${gone.valid_from}`] = [gone.unit_price, null];
  }
  if (rows.length > 0) await tellPrices(tx, [{ product, fields }]);
  return rows.length > 0;
} // prettier-ignore

registerHandActs("product", { takeBack: takeBackPrices });
