import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Tx } from "#platform/context";
import { customOfNew, noteChanges } from "#records";
import { recordAll, type FactInput } from "#timeline";
import { inBase, toBase } from "./base.ts";
import type { BulkOrder, Placing } from "./bulk.ts";
import { orderStatus, paymentStatus } from "./derive.ts";
import { claim, unclaim } from "./elsewhere.ts";
import { skipTakenNumbers } from "./numbers.ts";
import { order } from "./order.ts";
import { totalOfLine } from "./worth.ts";

/** Longest order that is taken in bulk, lines: a shop's till may pour a day into one order. */
export const bulkLinesAtMost = 50_000;

interface Line {
  id: string;
  order_id: string;
  position: number;
  product_id: string | null;
  description: string;
  quantity: string;
  unit_price: string;
  total: number;
  ships?: boolean | undefined;
  discount?: number | undefined;
  tax_rate?: string | undefined;
  tax?: number | undefined;
}

interface Ready {
  order: BulkOrder;
  fact: string;
  to_base: string;
  total: number;
  lines: Line[];
}

/**
 * Places many orders in a few statements and tells each at its own time. An order that is known already is left as it is.
 * The caller has checked currencies, quantities and prices; the database refuses what is out of bounds.
 */
export async function placeOrders(tx: Tx, orders: readonly BulkOrder[]): Promise<Placing[]> {
  const taken = await claim(tx, "order", orders);
  const ready = new Map(orders.filter((o) => !taken.has(o.id)).map((o) => [o.id, readyOf(tx, o)]));
  const numbers = await insertOrders(tx, [...ready.values()]);
  const refused = [...ready.keys()].filter((id) => !numbers.has(id));
  await unclaim(tx, "order", refused);
  const placed = [...ready.values()].filter((r) => numbers.has(r.order.id));
  await insertLines(
    tx,
    placed.flatMap((r) => r.lines),
  );
  await noteChanges(
    tx,
    placed.map((r) => ({ object: "order", record_id: r.order.id, action: "created", fields: null })),
  );
  await recordAll(
    tx,
    placed.map((r) => placedFact(r, numbers.get(r.order.id)!)),
  );
  const named = await byNumber(
    tx,
    refused.map((id) => ready.get(id)!.order),
  );
  return orders.map((o) => placingOf(o, ready.get(o.id), numbers.get(o.id), taken.get(o.id), named));
}

function readyOf(tx: Tx, order: BulkOrder): Ready {
  if (order.lines.length === 0 || order.lines.length > bulkLinesAtMost)
    throw new RangeError(`an order has 1 to ${bulkLinesAtMost} lines, not ${order.lines.length}`);
  const lines = order.lines.map((l, i) => ({
    id: l.id ?? newId(),
    order_id: order.id,
    position: i + 1,
    product_id: l.product_id,
    description: l.description,
    quantity: l.quantity,
    unit_price: l.unit_price,
    ships: l.ships,
    discount: l.discount,
    tax_rate: l.tax_rate,
    tax: l.tax,
    total: totalOfLine(l, order.currency),
  }));
  return {
    order,
    fact: newId(),
    to_base: toBase(order.currency, order.rate, tx.workspace.currency),
    total: lines.reduce((sum, l) => sum + l.total, 0),
    lines,
  };
}

/** Writes the orders; answers the number of each that was written: one whose given number is taken is not. */
async function insertOrders(tx: Tx, ready: readonly Ready[]): Promise<Map<string, string>> {
  const numbers = new Map<string, string>();
  let left = [...ready];
  const presets = await customOfNew(tx, order);
  // Each round takes numbers from the sequence; one that a given number has taken already moves the sequence on.
  for (let round = 0; left.length > 0 && round < 100; round++) {
    for (const [id, number] of await insertOnce(tx, left, presets)) numbers.set(id, number);
    left = left.filter((r) => r.order.number === null && !numbers.has(r.order.id));
    if (left.length > 0) await skipTakenNumbers(tx);
  }
  if (left.length > 0) throw new Error("found no free order number in 100 rounds");
  return numbers;
}

async function insertOnce(tx: Tx, ready: readonly Ready[], presets: object): Promise<[string, string][]> {
  const rows = ready.map(({ order: o, fact, to_base, total, lines }) => ({
    id: o.id,
    number: o.number,
    contact_id: o.contact_id,
    account_id: o.account_id,
    currency: o.currency,
    source: o.source,
    country: o.country ?? null,
    rate: o.currency === tx.workspace.currency ? "1" : String(o.rate),
    to_base,
    placed_at: o.placed_at,
    promised_at: o.promised_at ?? null,
    fulfilment: lines.some((l) => l.ships) ? "none" : "not_needed",
    fact,
    total,
    lines: lines.length,
    custom: o.custom ?? presets,
  }));
  const now = tx.clock();
  const nothing = sql`0`;
  const { rows: written } = await sql<{ id: string; number: string }>`
    insert into orders (id, number, contact_id, account_id, currency, rate, to_base, placed_at, source, country, placed_fact, line_count, total, base_total,
                        promised_at, fulfilment_status, payment_status, status, custom, created_at, updated_at)
    select r.id, coalesce(r.number, nextval('order_numbers')::text), r.contact_id, r.account_id, r.currency, r.rate, r.to_base, r.placed_at, r.source, r.country,
           r.fact, r.lines, r.total, round(r.total * r.to_base), r.promised_at, r.fulfilment, ${paymentStatus(sql`r.total`, nothing, nothing)},
           ${orderStatus(sql`null`, sql`r.total`, nothing, sql`r.fulfilment`)}, r.custom,
           ${now}, ${now}
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, number text, contact_id uuid, account_id uuid, currency text, rate numeric, to_base numeric,
             placed_at timestamptz, source text, country text, promised_at date, fulfilment text, fact uuid, lines int, total bigint, custom jsonb)
        on conflict (number) do nothing returning id, number`.execute(tx.db);
  return written.map((w) => [w.id, w.number]);
}

/** Writes lines of orders in one statement. */
export async function insertLines(tx: Tx, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return;
  await sql`
    insert into order_lines (id, order_id, position, product_id, description, quantity, unit_price, total, ships, discount, tax_rate, tax)
    select r.id, r.order_id, r.position, r.product_id, r.description, r.quantity, r.unit_price, r.total, coalesce(r.ships, false), coalesce(r.discount, 0),
           coalesce(r.tax_rate, 0), coalesce(r.tax, 0)
      from json_to_recordset(${JSON.stringify(lines)}::json) as r(id uuid, order_id uuid, position int, product_id uuid, description text, quantity numeric,
             unit_price numeric, total bigint, ships boolean, discount bigint, tax_rate numeric, tax bigint)`.execute(
    tx.db,
  );
}

const placedFact = ({ order: o, fact, to_base, total, lines }: Ready, number: string): FactInput<"order.placed"> => ({
  id: fact,
  name: "order.placed",
  contact_id: o.contact_id,
  account_id: o.account_id,
  occurred_at: o.placed_at,
  caused_by: o.caused_by ?? null,
  payload: {
    order_id: o.id,
    number,
    amount: total,
    currency: o.currency,
    base_amount: inBase(total, to_base),
    lines: lines.length,
  },
});

async function byNumber(tx: Tx, orders: readonly BulkOrder[]): Promise<Map<string, string>> {
  const numbers = orders.flatMap((o) => (o.number === null ? [] : [o.number]));
  if (numbers.length === 0) return new Map();
  const { rows } = await sql<{
    number: string;
    id: string;
  }>`select number, id from orders where number = any(${numbers})`.execute(tx.db);
  return new Map(rows.map((r) => [r.number, r.id]));
}

function placingOf(
  o: BulkOrder,
  ready: Ready | undefined,
  number: string | undefined,
  known: string | undefined,
  named: ReadonlyMap<string, string>,
): Placing {
  if (ready && number !== undefined) return { id: o.id, outcome: "placed", order_id: o.id, number, total: ready.total };
  if (known) return { id: o.id, outcome: "known", order_id: known, number: o.number, total: 0 };
  const same = o.number === null ? undefined : named.get(o.number);
  return {
    id: o.id,
    outcome: o.external ? "number-taken" : "known",
    order_id: o.external ? null : (same ?? null),
    number: o.number,
    total: 0,
  };
}
