import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Tx } from "#platform/context";
import { cleanText, cut, noteChanges } from "#records";
import { recordAll } from "#timeline";

/** A product as a shop's file names it. */
export interface NamedProduct {
  /** The caller's name for it; the answer is by this. */
  key: string;
  name: string;
  sku?: string | null;
  category?: string | null;
  /** Minor units. */
  price?: number | null;
  /** The workspace's currency unless said. */
  currency?: string | null;
}

/** What tells two products apart: the SKU when there is one, the name among products without looking at theirs otherwise. */
interface Wanted {
  id: string;
  sku: string | null;
  name: string;
  category: string | null;
  price: number | null;
  currency: string | null;
}

const oneLine = (text: string, max: number): string => cut(cleanText(text).replace(/\s+/g, " "), max).trim();

/** A product's name as it is kept; files name the nameless, too. */
export const productName = (name: string, sku: string | null): string =>
  oneLine(name, 200) || sku || "(no description)";

/** A SKU as it is kept; null when there is none. */
export const productSku = (sku: string | null | undefined): string | null => (sku ? oneLine(sku, 100) || null : null);

function wantedOf(item: NamedProduct, currency: string): Wanted {
  const sku = productSku(item.sku);
  const price = item.price ?? null;
  return {
    id: newId(),
    sku,
    name: productName(item.name, sku),
    category: item.category ? oneLine(item.category, 200) || null : null,
    price,
    currency: price === null ? null : (item.currency ?? currency),
  };
}

const identity = (w: Pick<Wanted, "sku" | "name">): string =>
  w.sku ? `sku ${w.sku.toLowerCase()}` : `name ${w.name.toLowerCase()}`;

/**
 * The live product behind each item, by SKU or else by name without regard to case; creates what is missing in one statement.
 * Two importers at once make each product once: who creates holds a lock until its transaction ends.
 */
export async function productsFor(tx: Tx, items: readonly NamedProduct[]): Promise<Map<string, string>> {
  const wanted = new Map<string, Wanted>();
  const identities = items.map((item) => {
    const w = wantedOf(item, tx.workspace.currency);
    const who = identity(w);
    if (!wanted.has(who)) wanted.set(who, w);
    return [item.key, who] as const;
  });
  const known = await find(tx, wanted);
  if (known.size < wanted.size) {
    await lockNewProducts(tx);
    for (const [who, id] of await find(tx, without(wanted, known))) known.set(who, id);
    await create(tx, without(wanted, known));
    // A product saved by hand this instant may have taken a SKU; it is the one then.
    for (const [who, id] of await find(tx, without(wanted, known))) known.set(who, id);
  }
  return new Map(identities.map(([key, who]) => [key, known.get(who)!]));
}

/** Lets one transaction at a time add products by name, which no unique index can watch over. */
export const lockNewProducts = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('new products ' || current_schema(), 0))`.execute(tx.db);
};

const without = (wanted: Map<string, Wanted>, known: ReadonlyMap<string, string>): Map<string, Wanted> =>
  new Map([...wanted].filter(([who]) => !known.has(who)));

async function find(tx: Tx, wanted: ReadonlyMap<string, Wanted>): Promise<Map<string, string>> {
  if (wanted.size === 0) return new Map();
  const rows = [...wanted].map(([who, w]) => ({ who, sku: w.sku, name: w.name }));
  const { rows: found } = await sql<{ who: string; id: string }>`
    with r as materialized (select * from json_to_recordset(${JSON.stringify(rows)}::json) as r(who text, sku text, name text))
    select distinct on (who) who, id from (
      select r.who, p.id, false as coded, p.created_at from r join products p on lower(p.sku) = lower(r.sku) and p.deleted_at is null where r.sku is not null
      union all
      select r.who, p.id, p.sku is not null, p.created_at from r join products p on lower(p.name) = lower(r.name) and p.deleted_at is null where r.sku is null) f
     order by who, coded, created_at, id`.execute(tx.db);
  return new Map(found.map((f) => [f.who, f.id]));
}

async function create(tx: Tx, wanted: ReadonlyMap<string, Wanted>): Promise<void> {
  if (wanted.size === 0) return;
  const { rows } = await sql<{ id: string; name: string }>`
    insert into products (id, name, sku, category, price, currency, created_at, updated_at)
    select r.id, r.name, r.sku, r.category, r.price, r.currency, ${tx.clock()}, ${tx.clock()}
      from json_to_recordset(${JSON.stringify([...wanted.values()])}::json) as r(id uuid, name text, sku text, category text, price bigint, currency text)
        on conflict do nothing returning id, name`.execute(tx.db);
  await noteNewProducts(tx, rows);
}

/** Notes and tells that these products were added. */
export async function noteNewProducts(tx: Tx, rows: readonly { id: string; name: string }[]): Promise<void> {
  await noteChanges(
    tx,
    rows.map((p) => ({ object: "product", record_id: p.id, action: "created", fields: null })),
  );
  await recordAll(
    tx,
    rows.map((p) => ({ name: "product.created", payload: { product_id: p.id, name: p.name } })),
  );
}
