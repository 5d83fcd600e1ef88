import { sql } from "kysely";
import { newId } from "#kernel/id";
import { lineTotal } from "#kernel/money";
import type { Tx } from "#platform/context";
import { noteChanges } from "#records";
import { recordAll } from "#timeline";
import { inBase, toBase } from "./base.ts";
import type { BulkReturn, TakingBack } from "./bulk.ts";
import { refreshOrders } from "./derive.ts";
import { claim } from "./elsewhere.ts";
import { linkReturns, type LinkedLine } from "./link.ts";

/** A line as it is written: priced, and tied to the order line it came from where that is known. */
export interface ReturnLine {
  id: string;
  return_id: string;
  position: number;
  order_line_id: string | null;
  product_id: string | null;
  description: string;
  quantity: string;
  unit_price: string;
  total: number;
}

export interface WrittenReturn {
  id: string;
  order_id: string | null;
  /** The order's number, for the sentence. */
  order_number: string | null;
  contact_id: string | null;
  account_id: string | null;
  currency: string;
  rate: string | number;
  to_base: string;
  returned_at: Date;
  reason: string | null;
  reason_id: string | null;
  source: string;
  total: number;
  lines: readonly ReturnLine[];
}

/**
 * Takes many returns in a few statements, tying each line to the order it most likely came from; never more comes back of an
 * order line than was ordered. A return that is known already is left as it is.
 */
export async function returnMany(tx: Tx, returns: readonly BulkReturn[]): Promise<TakingBack[]> {
  const taken = await claim(tx, "return", returns);
  const fresh = returns.filter((r) => !taken.has(r.id));
  const links = await linkReturns(tx, fresh);
  await takeFromLines(tx, [...links.values()].flat());
  const orderIds = [...new Set([...links.values()].flat().flatMap((l) => l.order_id ?? []))];
  const numbers = await numbersOf(tx, orderIds);
  const written = fresh.map((r) => writtenOf(tx, r, links.get(r.id) ?? [], numbers));
  await writeReturns(tx, written);
  await refreshOrders(tx, orderIds);
  const byId = new Map(written.map((w) => [w.id, w]));
  return returns.map((r) => {
    const w = byId.get(r.id);
    if (!w) return { id: r.id, outcome: "known", return_id: taken.get(r.id)!, total: 0, linked: 0 };
    return {
      id: r.id,
      outcome: "returned",
      return_id: r.id,
      total: w.total,
      linked: w.lines.filter((l) => l.order_line_id).length,
    };
  });
}

async function takeFromLines(tx: Tx, lines: readonly LinkedLine[]): Promise<void> {
  const back = lines.flatMap((l) => (l.order_line_id ? [{ id: l.order_line_id, quantity: l.quantity }] : []));
  if (back.length === 0) return;
  // The orders are locked and the quantities were read under that lock; the table's own check stands behind it.
  await sql`
    update order_lines l set returned_quantity = l.returned_quantity + b.quantity
      from (select id, sum(quantity) as quantity from json_to_recordset(${JSON.stringify(back)}::json) as r(id uuid, quantity numeric) group by id) b
     where l.id = b.id`.execute(tx.db);
}

async function numbersOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{
    id: string;
    number: string;
  }>`select id, number from orders where id = any(${[...ids]}::uuid[])`.execute(tx.db);
  return new Map(rows.map((r) => [r.id, r.number]));
}

function writtenOf(
  tx: Tx,
  r: BulkReturn,
  linked: readonly LinkedLine[],
  numbers: ReadonlyMap<string, string>,
): WrittenReturn {
  const lines = linked.map((l, i) => ({
    id: newId(),
    return_id: r.id,
    position: i + 1,
    order_line_id: l.order_line_id,
    product_id: l.product_id,
    description: l.description,
    quantity: l.quantity,
    unit_price: l.unit_price,
    total: lineTotal(l.quantity, l.unit_price, r.currency),
  }));
  const from = new Set(linked.map((l) => l.order_id));
  const order_id = from.size === 1 ? (linked[0]?.order_id ?? null) : null;
  return {
    id: r.id,
    order_id,
    order_number: order_id ? (numbers.get(order_id) ?? null) : null,
    contact_id: r.contact_id,
    account_id: r.account_id,
    currency: r.currency,
    rate: r.currency === tx.workspace.currency ? "1" : r.rate,
    to_base: toBase(r.currency, r.rate, tx.workspace.currency),
    returned_at: r.returned_at,
    reason: r.reason ?? null,
    reason_id: r.reason_id ?? null,
    source: r.source,
    total: lines.reduce((sum, l) => sum + l.total, 0),
    lines,
  };
}

/** Writes returns with their lines, notes and tells them; numbers come from the sequence. */
export async function writeReturns(tx: Tx, returns: readonly WrittenReturn[]): Promise<void> {
  if (returns.length === 0) return;
  const rows = returns.map((r) => ({ ...r, lines: r.lines.length, base_total: inBase(r.total, r.to_base) }));
  await sql`
    insert into returns (id, number, order_id, contact_id, account_id, currency, rate, returned_at, reason, reason_id, source, line_count, total, base_total, created_at, updated_at)
    select r.id, 'R' || nextval('return_numbers'), r.order_id, r.contact_id, r.account_id, r.currency, r.rate, r.returned_at, r.reason, r.reason_id, r.source, r.lines,
           r.total, r.base_total, ${tx.clock()}, ${tx.clock()}
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, order_id uuid, contact_id uuid, account_id uuid, currency text, rate numeric,
             returned_at timestamptz, reason text, reason_id uuid, source text, lines int, total bigint, base_total bigint)`.execute(
    tx.db,
  );
  await sql`
    insert into return_lines (id, return_id, position, order_line_id, product_id, description, quantity, unit_price, total)
    select r.* from json_to_recordset(${JSON.stringify(returns.flatMap((r) => r.lines))}::json) as r(id uuid, return_id uuid, position int, order_line_id uuid,
             product_id uuid, description text, quantity numeric, unit_price numeric, total bigint)`.execute(tx.db);
  await noteChanges(
    tx,
    returns.map((r) => ({ object: "return", record_id: r.id, action: "created", fields: null })),
  );
  const placed = await placedFactsOf(
    tx,
    returns.flatMap((r) => r.order_id ?? []),
  );
  await recordAll(
    tx,
    returns.map((r) => ({
      name: "order.returned",
      caused_by: r.order_id ? (placed.get(r.order_id) ?? null) : null,
      contact_id: r.contact_id,
      account_id: r.account_id,
      occurred_at: r.returned_at,
      payload: {
        return_id: r.id,
        order_id: r.order_id,
        number: r.order_number,
        amount: r.total,
        currency: r.currency,
        base_amount: inBase(r.total, r.to_base),
        lines: r.lines.length,
        ...(r.reason ? { reason: r.reason } : {}),
        ...(r.reason_id ? { reason_id: r.reason_id } : {}),
      },
    })),
  );
}

async function placedFactsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ id: string; placed_fact: string | null }>`
    select id, placed_fact from orders where id = any(${[...new Set(ids)]}::uuid[])`.execute(tx.db);
  return new Map(rows.map((r) => [r.id, r.placed_fact]));
}
