import Big from "big.js";
import { sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid, notFound, Refused } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { changeSet, noteChanges, withinReach, type RecordType } from "#records";
import { recordAll } from "#timeline";
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

/** A price that was set; or known: it said that already from that day on. */
export interface PriceSet {
  id: string;
  outcome: "set" | "known";
}

/** An entry of one product, list and quantity. */
interface Span {
  id: string;
  unit_price: number;
  valid_from: string;
  valid_to: string | null;
  /** Whether it ended the one before it. */
  ended_former: boolean;
  /** Null when it stands in the database as it is here. */
  to_save: "new" | "ended" | null;
}
type Place = Pick<NewPrice, "product_id" | "price_list_id"> & { min_qty: string };
type Named = { id: string; name: string };

const dayMs = 86_400_000;
// After every day of the calendar, as text.
const forever = "9999-99-99";

/** The day so many days later. */
export const shifted = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** Said of a price whose days another one has. */
export const overlap = (span: Pick<Span, "valid_from" | "valid_to">): Refused =>
  invalid(
    "valid_from",
    `A price is set from ${span.valid_from}${span.valid_to ? ` to ${span.valid_to}` : " on"} already; choose other days.`,
    "price.overlaps",
  );

/**
 * Sets many prices one after the other, by the rules of setPrice, in a few statements; answers for each what became of it. One that is
 * refused leaves the others alone. Lists and products stay locked until the transaction ends.
 */
export async function setPrices(tx: Tx, prices: readonly NewPrice[]): Promise<(PriceSet | Refused)[]> {
  const lists = await lockThose(tx, priceListType, prices.map((p) => p.price_list_id));
  const products = await lockThose(tx, productType, prices.map((p) => p.product_id));
  const today = dayIn(tx, tx.clock());
  const placed = prices.map((p) => ({ ...p, min_qty: new Big(p.min_qty ?? "1").toFixed(), valid_from: p.valid_from ?? today, valid_to: p.valid_to ?? null }));
  const spans = await spansOf(tx, placed);
  const told = new Map<string, { product: Named; fields: Record<string, [unknown, unknown]> }>();
  const answers = placed.map((price): PriceSet | Refused => {
    const [list, product] = [lists.get(price.price_list_id), products.get(price.product_id)];
    if (!list) return notFound("price_list");
    if (!product) return notFound("product");
    const key = keyOf(price);
    const known = spans.get(key) ?? [];
    spans.set(key, known);
    const set = place(known, price);
    if (set instanceof Refused || set.outcome === "known") return set;
    const said = `${list.name}, from ${price.min_qty}, ${price.valid_from}${price.valid_to ? ` to ${price.valid_to}` : ""}`;
    const about = told.get(product.id) ?? { product, fields: {} };
    told.set(product.id, about);
    about.fields[said] = [set.former, price.unit_price];
    return { id: set.id, outcome: "set" };
  });
  await save(tx, spans);
  await tellPrices(tx, [...told.values()]);
  return answers;
} // prettier-ignore

const keyOf = (p: Place): string => `${p.price_list_id} ${p.product_id} ${p.min_qty}`;

/** Locks records in the order of their ids; those that are gone or out of reach are left out. */
async function lockThose(tx: Tx, { object }: RecordType, asked: readonly string[]): Promise<Map<string, Named>> {
  const ids = [...new Set(asked)];
  const { rows } = await sql<Named>`
    select id, name from ${sql.table(object.table)} where id = any(${ids}::uuid[]) and deleted_at is null order by id for update`.execute(tx.db);
  const mine = await withinReach(tx, object, rows.map((r) => r.id), "update");
  return new Map(rows.filter((r) => mine.has(r.id)).map((r) => [r.id, r]));
} // prettier-ignore

async function spansOf(tx: Tx, places: readonly Place[]): Promise<Map<string, Span[]>> {
  const asked = [...new Map(places.map((p) => [keyOf(p), { list_id: p.price_list_id, product_id: p.product_id, min_qty: p.min_qty }])).values()];
  const { rows } = await sql<Omit<Span, "to_save"> & Place>`
    select e.id, e.list_id as price_list_id, e.product_id, trim_scale(e.min_qty)::text as min_qty, e.unit_price, e.valid_from::text as valid_from, e.valid_to::text as valid_to, e.ended_former
      from json_to_recordset(${JSON.stringify(asked)}::json) as r(list_id uuid, product_id uuid, min_qty numeric)
      join price_entries e on e.list_id = r.list_id and e.product_id = r.product_id and e.min_qty = r.min_qty
     order by e.valid_from`.execute(tx.db);
  return Map.groupBy(rows.map((row) => ({ ...row, to_save: null })), keyOf);
} // prettier-ignore

type Wish = Required<Pick<NewPrice, "unit_price">> & { valid_from: string; valid_to: string | null };

/** Places a price among those of its product, list and quantity; answers the price it takes the place of. */
function place(spans: Span[], wish: Wish): (PriceSet & { former: number | null }) | Refused {
  const { unit_price, valid_from: from, valid_to: to } = wish;
  if (to !== null && to < from) return invalid("valid_to", "A price ends after it begins.");
  const same = spans.find((s) => s.valid_from === from && s.unit_price === unit_price);
  if (same && (same.valid_to === to || (to === null && wasOpen(spans, same.valid_to))))
    return { id: same.id, outcome: "known", former: null };
  const overlapping = spans.filter((s) => s.valid_from <= (to ?? forever) && (s.valid_to ?? forever) >= from).toSorted((a, b) => (a.valid_from < b.valid_from ? -1 : 1)); // prettier-ignore
  const [former] = overlapping;
  if (overlapping.length > 1 || (former && (former.valid_to !== null || former.valid_from >= from)))
    return overlap(overlapping.at(-1)!);
  const set: Span = { id: newId(), unit_price, valid_from: from, valid_to: to, ended_former: former !== undefined, to_save: "new" }; // prettier-ignore
  spans.push(set);
  if (former) end(former, shifted(from, -1));
  if (former && to !== null)
    spans.push({ id: newId(), unit_price: former.unit_price, valid_from: shifted(to, 1), valid_to: null, ended_former: true, to_save: "new" }); // prettier-ignore
  return { id: set.id, outcome: "set", former: former?.unit_price ?? null };
}

// An open-ended price that a later one ended says the same as when it was set.
const wasOpen = (spans: readonly Span[], to: string | null): boolean =>
  to !== null && spans.some((s) => s.ended_former && s.valid_from === shifted(to, 1));

function end(span: Span, day: string): void {
  span.valid_to = day;
  span.to_save ??= "ended";
}

async function save(tx: Tx, spans: ReadonlyMap<string, readonly Span[]>): Promise<void> {
  const all = [...spans].flatMap(([key, of]) => {
    const [list_id, product_id, min_qty] = key.split(" ");
    return of.map((s) => ({ ...s, list_id, product_id, min_qty }));
  });
  const [ended, fresh] = [all.filter((s) => s.to_save === "ended"), all.filter((s) => s.to_save === "new")];
  if (ended.length > 0)
    await sql`
      update price_entries e set valid_to = r.valid_to from json_to_recordset(${JSON.stringify(ended)}::json) as r(id uuid, valid_to date) where e.id = r.id`.execute(
      tx.db,
    );
  if (fresh.length > 0)
    await sql`
      insert into price_entries (id, list_id, product_id, min_qty, unit_price, valid_from, valid_to, ended_former, set_id, created_at)
      select r.id, r.list_id, r.product_id, r.min_qty, r.unit_price, r.valid_from, r.valid_to, r.ended_former, ${await changeSet(tx)}::uuid, ${tx.clock()}
        from json_to_recordset(${JSON.stringify(fresh)}::json) as r(id uuid, list_id uuid, product_id uuid, min_qty numeric, unit_price bigint, valid_from date,
               valid_to date, ended_former boolean)`.execute(tx.db);
}

/** Notes and tells what became of products' prices: a change and a fact for each product. */
export async function tellPrices(
  tx: Tx,
  told: readonly { product: { id: string; name?: unknown }; fields: Record<string, [unknown, unknown]> }[],
): Promise<void> {
  await noteChanges(tx, told.map(({ product, fields }) => ({ object: "product", record_id: product.id, action: "updated" as const, fields }))); // prettier-ignore
  await recordAll(tx, told.map(({ product }) => ({ name: "product.updated" as const, payload: { product_id: product.id, name: String(product.name), fields: ["price"] } }))); // prettier-ignore
}
