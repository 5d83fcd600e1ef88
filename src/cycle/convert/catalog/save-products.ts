import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Tx } from "#platform/context";
import { noteChanges, type ChangeEntry } from "#records";
import { recordAll } from "#timeline";
import { lockNewProducts, noteNewProducts, productName, productSku } from "./products-for.ts";

/** A product as a full product file brings it; what is absent or null says nothing. */
export interface ProductItem {
  key: string;
  name: string;
  sku?: string | null;
  external?: { system: string; id: string } | null;
  category?: string | null;
  description?: string | null;
  /** An account that is a vendor; the caller has checked it. */
  vendor_id?: string | null;
  /** Minor units. */
  price?: number | null;
  currency?: string | null;
  status?: "active" | "discontinued" | null;
  custom?: Record<string, unknown> | null;
}

export interface SavedProduct {
  key: string;
  id: string;
  /** Refused when it is known by its id elsewhere and brings a SKU that another product has. */
  outcome: "created" | "updated" | "unchanged" | "refused";
  /** Fields that were filled or replaced. */
  fields: string[];
}

const columns = ["name", "sku", "category", "description", "vendor_id", "price", "currency", "status"] as const;
type Column = (typeof columns)[number];
type Kept = Record<Column, unknown> & { id: string; custom: Record<string, unknown> };

/**
 * Saves a file's products in a few statements, matched by id elsewhere, else SKU, else name. Known ones get their empty fields
 * filled, or with `update` every field the file names replaced. The same file twice changes nothing; of two rows that mean one
 * product the second changes what the first made.
 */
export async function saveProducts(
  tx: Tx,
  items: readonly ProductItem[],
  options: { update: boolean },
): Promise<SavedProduct[]> {
  await lockNewProducts(tx);
  const saved: SavedProduct[] = [];
  // Rows that mean the same product must meet what the row before them saved: they go into later rounds.
  for (const round of rounds(items)) saved.push(...(await saveRound(tx, round, options.update)));
  const byKey = new Map(saved.map((s) => [s.key, s]));
  return items.map((i) => byKey.get(i.key)!);
}

const identities = (i: ProductItem): string[] => {
  const sku = productSku(i.sku);
  return [
    ...(i.external ? [`id ${i.external.system} ${i.external.id}`] : []),
    sku ? `sku ${sku.toLowerCase()}` : `name ${productName(i.name, sku).toLowerCase()}`,
  ];
};

function rounds(items: readonly ProductItem[]): ProductItem[][] {
  const found: ProductItem[][] = [];
  const last = new Map<string, number>();
  for (const item of items) {
    const names = identities(item);
    const n = Math.max(...names.map((name) => (last.get(name) ?? -1) + 1));
    for (const name of names) last.set(name, n);
    (found[n] ??= []).push(item);
  }
  return found;
}

async function saveRound(tx: Tx, items: readonly ProductItem[], update: boolean): Promise<SavedProduct[]> {
  const known = await match(tx, items);
  const fresh = items.filter((i) => !known.has(i.key)).map((item) => ({ item, id: newId() }));
  await create(tx, fresh);
  const idOf = new Map([
    ...fresh.map((f) => [f.item.key, f.id] as const),
    ...[...known].map(([key, row]) => [key, row.id] as const),
  ]);
  await tie(
    tx,
    items.flatMap((i) => (i.external ? [{ ...i.external, record_id: idOf.get(i.key)! }] : [])),
  );
  const changes = items.flatMap((item) => changeOf(item, known.get(item.key), update, tx.workspace.currency));
  const refused = await takenSkus(tx, changes);
  const changed = await change(
    tx,
    changes.filter((c) => !refused.has(c.id)),
  );
  return items.map((i) => {
    const id = idOf.get(i.key)!;
    if (refused.has(id)) return { key: i.key, id, outcome: "refused", fields: ["sku"] };
    const fields = Object.keys(changed.get(id) ?? {});
    return {
      key: i.key,
      id,
      outcome: known.has(i.key) ? (fields.length > 0 ? "updated" : "unchanged") : "created",
      fields,
    };
  });
}

async function match(tx: Tx, items: readonly ProductItem[]): Promise<Map<string, Kept>> {
  const rows = items.map((i) => ({
    key: i.key,
    sku: productSku(i.sku),
    name: productName(i.name, productSku(i.sku)),
    system: i.external?.system,
    external_id: i.external?.id,
  }));
  const { rows: found } = await sql<Kept & { key: string }>`
    with r as materialized (select * from json_to_recordset(${JSON.stringify(rows)}::json) as r(key text, sku text, name text, system text, external_id text))
    select distinct on (f.key) f.key, p.id, p.name, p.sku, p.category, p.description, p.vendor_id, p.price, p.currency, p.status, p.custom from (
      select r.key, e.record_id as id, 1 as rank from r join external_ids e on e.object = 'product' and e.system = r.system and e.external_id = r.external_id
      union all
      select r.key, p.id, 2 from r join products p on lower(p.sku) = lower(r.sku) and p.deleted_at is null where r.sku is not null
      union all
      select r.key, p.id, case when p.sku is null then 3 else 4 end from r join products p on lower(p.name) = lower(r.name) and p.deleted_at is null where r.sku is null) f
      join products p on p.id = f.id and p.deleted_at is null
     order by f.key, f.rank, p.created_at, p.id`.execute(tx.db);
  return new Map(found.map(({ key, ...row }) => [key, row]));
}

const valuesOf = (i: ProductItem, currency: string): Record<Column, unknown> => ({
  name: productName(i.name, productSku(i.sku)),
  sku: productSku(i.sku),
  category: i.category || null,
  description: i.description || null,
  vendor_id: i.vendor_id ?? null,
  price: i.price ?? null,
  currency: i.price == null ? null : (i.currency ?? currency),
  status: i.status ?? null,
});

async function create(tx: Tx, fresh: readonly { item: ProductItem; id: string }[]): Promise<void> {
  if (fresh.length === 0) return;
  const rows = fresh.map(({ item, id }) => ({
    id,
    ...valuesOf(item, tx.workspace.currency),
    custom: item.custom ?? {},
  }));
  await sql`
    insert into products (id, name, sku, category, description, vendor_id, price, currency, status, custom, created_at, updated_at)
    select r.id, r.name, r.sku, r.category, r.description, r.vendor_id, r.price, r.currency, coalesce(r.status, 'active'), r.custom, ${tx.clock()}, ${tx.clock()}
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, name text, sku text, category text, description text, vendor_id uuid, price bigint,
             currency text, status text, custom jsonb)`.execute(tx.db);
  await noteNewProducts(
    tx,
    rows.map((r) => ({ id: r.id, name: String(r.name) })),
  );
}

async function tie(tx: Tx, ids: readonly { system: string; id: string; record_id: string }[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    insert into external_ids (object, system, external_id, record_id)
    select 'product', r.system, r.id, r.record_id from json_to_recordset(${JSON.stringify(ids)}::json) as r(system text, id text, record_id uuid)
        on conflict do nothing`.execute(tx.db);
}

interface Change {
  id: string;
  name: string;
  values: Partial<Record<Column, unknown>> & { custom?: Record<string, unknown> };
  before: Record<string, unknown>;
}

/** What the item says that the product does not have yet; an empty list when there is nothing. */
function changeOf(item: ProductItem, known: Kept | undefined, update: boolean, base: string): Change[] {
  if (!known) return [];
  const says = valuesOf(item, typeof known.currency === "string" ? known.currency : base);
  const differs = (c: Column): boolean => says[c] !== null && known[c] !== says[c] && (known[c] === null || update);
  // A price and its currency are one value.
  const priced = differs("price") || (update && differs("currency"));
  const wanted = columns.filter((c) => (c === "currency" ? priced && known.currency !== says.currency : differs(c)));
  const named = Object.fromEntries(wanted.map((c) => [c, says[c]]));
  const extra = Object.entries(item.custom ?? {}).filter(
    ([k, v]) => v !== null && (known.custom[k] === undefined || (update && known.custom[k] !== v)),
  );
  if (wanted.length === 0 && extra.length === 0) return [];
  const values = extra.length > 0 ? { ...named, custom: { ...known.custom, ...Object.fromEntries(extra) } } : named;
  return [{ id: known.id, name: String(says.name), values, before: known }];
}

/** Products whose new SKU belongs to another one. */
async function takenSkus(tx: Tx, changes: readonly Change[]): Promise<Set<string>> {
  const rows = changes.flatMap((c) => (c.values.sku ? [{ id: c.id, sku: c.values.sku }] : []));
  if (rows.length === 0) return new Set();
  const { rows: taken } = await sql<{ id: string }>`
    select r.id from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, sku text)
      join products p on lower(p.sku) = lower(r.sku) and p.deleted_at is null and p.id <> r.id`.execute(tx.db);
  return new Set(taken.map((t) => t.id));
}

/** Writes the changes in one statement, notes old and new values, tells them; answers the new values by product. */
async function change(tx: Tx, changes: readonly Change[]): Promise<Map<string, Change["values"]>> {
  if (changes.length === 0) return new Map();
  const rows = changes.map((c) => ({ id: c.id, ...c.values }));
  await sql`
    update products p
       set name = coalesce(r.name, p.name), sku = coalesce(r.sku, p.sku), category = coalesce(r.category, p.category), description = coalesce(r.description, p.description),
           vendor_id = coalesce(r.vendor_id, p.vendor_id), price = coalesce(r.price, p.price), currency = coalesce(r.currency, p.currency),
           status = coalesce(r.status, p.status), custom = coalesce(r.custom, p.custom), updated_at = ${tx.clock()}, version = p.version + 1
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, name text, sku text, category text, description text, vendor_id uuid, price bigint,
             currency text, status text, custom jsonb)
     where p.id = r.id`.execute(tx.db);
  await noteChanges(
    tx,
    changes.map((c): ChangeEntry => ({
      object: "product",
      record_id: c.id,
      action: "updated",
      fields: Object.fromEntries(Object.entries(c.values).map(([k, v]) => [k, [c.before[k] ?? null, v]])),
    })),
  );
  await recordAll(
    tx,
    changes.map((c) => ({
      name: "product.updated",
      payload: { product_id: c.id, name: c.name, fields: Object.keys(c.values) },
    })),
  );
  return new Map(changes.map((c) => [c.id, c.values]));
}
