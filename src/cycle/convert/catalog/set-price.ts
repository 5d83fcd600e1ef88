import { sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid, notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { lockRecord, noteChanges } from "#records";
import { record } from "#timeline";
import { dayIn } from "./price-for.ts";
import { priceListType } from "./price-list.ts";
import { productType } from "./product.ts";

export interface NewPrice {
  product_id: string;
  price_list_id: string;
  /** Minor units of the list's currency. */
  unit_price: number;
  /** Decimal text; 1 unless said. */
  min_qty?: string | undefined;
  /** A day; today unless said. */
  valid_from?: string | undefined;
  /** The last day; open-ended unless said. */
  valid_to?: string | null | undefined;
}

interface Span {
  id: string;
  unit_price: number;
  valid_from: string;
  valid_to: string | null;
}

const dayMs = 86_400_000;
const shifted = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/**
 * Sets what a product costs in a list from a day on; answers the entry's id. An open-ended price before it ends the day before (and
 * goes on after it when the new one has a last day); any other overlap is refused. What was charged in the past stays as it was.
 */
export const setPrice = (ctx: Ctx | Tx, price: NewPrice): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const list = await lockRecord(tx, priceListType, price.price_list_id);
    const product = await lockRecord(tx, productType, price.product_id);
    const from = price.valid_from ?? dayIn(tx, tx.clock());
    const to = price.valid_to ?? null;
    if (to !== null && to < from) throw invalid("valid_to", "A price ends after it begins.");
    const min_qty = price.min_qty ?? "1";
    const { rows: overlapping } = await sql<Span>`
      select id, unit_price, valid_from::text as valid_from, valid_to::text as valid_to from price_entries
       where list_id = ${list.id} and product_id = ${product.id} and min_qty = ${min_qty}::numeric
         and valid_from <= coalesce(${to}::date, 'infinity') and coalesce(valid_to, 'infinity') >= ${from}::date
       order by valid_from`.execute(tx.db);
    const former = overlapping[0];
    if (overlapping.length > 1 || (former && (former.valid_to !== null || former.valid_from >= from)))
      throw overlap(overlapping.at(-1)!);
    const id = newId();
    if (former) await endAt(tx, former.id, shifted(from, -1));
    await insert(tx, { id, list_id: list.id, product_id: product.id, min_qty, unit_price: price.unit_price, valid_from: from, valid_to: to }); // prettier-ignore
    if (former && to !== null)
      await insert(tx, { id: newId(), list_id: list.id, product_id: product.id, min_qty, unit_price: former.unit_price, valid_from: shifted(to, 1), valid_to: null }); // prettier-ignore
    const said = `${String(list.name)}, from ${min_qty}, ${from}${to ? ` to ${to}` : ""}`;
    await tellPrice(tx, product.id, String(product.name), { [said]: [former?.unit_price ?? null, price.unit_price] });
    return id;
  });

/** Takes back a price that is not valid yet; the price before it goes on over its days. */
export const dropPrice = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { rows: lists } = await sql<{ list_id: string; product_id: string }>`
      select list_id, product_id from price_entries where id = ${id}`.execute(tx.db);
    if (!lists[0]) throw notFound("price");
    const list = await lockRecord(tx, priceListType, lists[0].list_id);
    const product = await lockRecord(tx, productType, lists[0].product_id);
    const { rows } = await sql<Span & { min_qty: string }>`
      delete from price_entries where id = ${id} and valid_from > ${dayIn(tx, tx.clock())}::date
      returning id, unit_price, min_qty::text as min_qty, valid_from::text as valid_from, valid_to::text as valid_to`.execute(
      tx.db,
    );
    const gone = rows[0];
    if (!gone)
      throw new Refused("conflict", "price.valid", "This price is valid already; set another one from a day on.");
    await sql`
      update price_entries set valid_to = ${gone.valid_to}::date
       where list_id = ${list.id} and product_id = ${product.id} and min_qty = ${gone.min_qty}::numeric and valid_to = ${shifted(gone.valid_from, -1)}::date`.execute(
      tx.db,
    );
    await tellPrice(tx, product.id, String(product.name), {
      [`${String(list.name)}, ${gone.valid_from}`]: [gone.unit_price, null],
    });
  });

const overlap = (span: Span): Refused =>
  invalid(
    "valid_from",
    `A price is set from ${span.valid_from}${span.valid_to ? ` to ${span.valid_to}` : " on"} already; choose other days.`,
    "price.overlaps",
  );

const endAt = (tx: Tx, id: string, day: string): Promise<unknown> =>
  sql`update price_entries set valid_to = ${day}::date where id = ${id}`.execute(tx.db);

const insert = (tx: Tx, e: Span & { list_id: string; product_id: string; min_qty: string }): Promise<unknown> =>
  sql`
    insert into price_entries (id, list_id, product_id, min_qty, unit_price, valid_from, valid_to, created_at)
    values (${e.id}, ${e.list_id}, ${e.product_id}, ${e.min_qty}::numeric, ${e.unit_price}, ${e.valid_from}::date, ${e.valid_to}::date, ${tx.clock()})`.execute(
    tx.db,
  );

async function tellPrice(
  tx: Tx,
  product_id: string,
  name: string,
  fields: Record<string, [unknown, unknown]>,
): Promise<void> {
  await noteChanges(tx, [{ object: "product", record_id: product_id, action: "updated", fields }]);
  await record(tx, { name: "product.updated", payload: { product_id, name, fields: ["price"] } });
}
