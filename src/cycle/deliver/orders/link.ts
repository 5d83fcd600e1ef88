import { sql } from "kysely";
import Big from "big.js";
import type { Tx } from "#platform/context";
import type { BulkLine, BulkReturn } from "./bulk.ts";

/*
 * Words we use
 *   candidate   an order line with goods that have not come back yet
 *   link        which order line a returned line came from, and how much of it
 */
interface Candidate {
  id: string;
  order_id: string;
  number: string;
  placed_at: Date;
  left: Big;
}

export interface LinkedLine extends BulkLine {
  order_line_id: string | null;
  order_id: string | null;
}

const keyOf = (customer: string, product: string, currency: string): string => `${customer} ${product} ${currency}`;
const customerOf = (r: Pick<BulkReturn, "contact_id" | "account_id">): string | null => r.contact_id ?? r.account_id;

/**
 * Ties each returned line to the newest earlier order of the same customer that still has enough of that product; one that no
 * single order can explain stays untied. Locks those orders, so what is left cannot change before it is written.
 */
export async function linkReturns(tx: Tx, returns: readonly BulkReturn[]): Promise<Map<string, LinkedLine[]>> {
  const candidates = await candidatesFor(tx, returns);
  const linked = new Map<string, LinkedLine[]>();
  for (const r of returns.toSorted((a, b) => a.returned_at.getTime() - b.returned_at.getTime()))
    linked.set(
      r.id,
      r.lines.flatMap((line) => linkLine(r, line, candidates)),
    );
  return linked;
}

function linkLine(r: BulkReturn, line: BulkLine, candidates: ReadonlyMap<string, Candidate[]>): LinkedLine[] {
  const customer = customerOf(r);
  const known = customer && line.product_id ? (candidates.get(keyOf(customer, line.product_id, r.currency)) ?? []) : [];
  const earlier = Map.groupBy(
    known.filter((c) => c.placed_at <= r.returned_at && c.left.gt(0)),
    (c) => c.order_id,
  );
  const wanted = new Big(line.quantity);
  // Candidates are sorted newest first, and a Map keeps the order of its keys.
  for (const lines of earlier.values())
    if (lines.reduce((sum, c) => sum.plus(c.left), new Big(0)).gte(wanted)) return take(line, lines);
  return [{ ...line, order_line_id: null, order_id: null }];
}

/** Takes the quantity from the lines of one order; the same product may stand on several. */
function take(line: BulkLine, candidates: readonly Candidate[]): LinkedLine[] {
  const taken: LinkedLine[] = [];
  let open = new Big(line.quantity);
  for (const c of candidates) {
    const part = c.left.lt(open) ? c.left : open;
    if (part.lte(0)) break;
    taken.push({ ...line, quantity: part.toFixed(), order_line_id: c.id, order_id: c.order_id });
    c.left = c.left.minus(part);
    open = open.minus(part);
  }
  return taken;
}

async function candidatesFor(tx: Tx, returns: readonly BulkReturn[]): Promise<Map<string, Candidate[]>> {
  const wanted = new Map<
    string,
    { contact_id: string | null; account_id: string | null; product_id: string; currency: string }
  >();
  for (const r of returns) {
    const customer = customerOf(r);
    for (const { product_id } of r.lines)
      if (customer && product_id)
        wanted.set(keyOf(customer, product_id, r.currency), {
          contact_id: r.contact_id,
          account_id: r.contact_id ? null : r.account_id,
          product_id,
          currency: r.currency,
        });
  }
  if (wanted.size === 0) return new Map();
  const json = JSON.stringify([...wanted.values()]);
  const matching = sql`
    json_to_recordset(${json}::json) as w(contact_id uuid, account_id uuid, product_id uuid, currency text)
      join lateral (
        select * from orders where contact_id = w.contact_id and w.contact_id is not null
        union all
        select * from orders where account_id = w.account_id and contact_id is null and w.contact_id is null) o on o.currency = w.currency and o.cancelled_at is null and o.deleted_at is null
      join order_lines l on l.order_id = o.id and l.product_id = w.product_id and l.returned_quantity < (case when l.ships then l.shipped_quantity else l.quantity - l.cancelled_quantity end)`;
  await sql`select 1 from orders where id in (select o.id from ${matching}) order by id for no key update`.execute(
    tx.db,
  );
  const { rows } = await sql<{
    id: string;
    order_id: string;
    number: string;
    placed_at: Date;
    left: string;
    key: string;
  }>`
    select l.id, o.id as order_id, o.number, o.placed_at, (case when l.ships then l.shipped_quantity else l.quantity - l.cancelled_quantity end) - l.returned_quantity as left,
           concat_ws(' ', coalesce(w.contact_id, w.account_id), w.product_id, w.currency) as key
      from ${matching} order by o.placed_at desc, o.id, l.position`.execute(tx.db);
  return Map.groupBy(
    rows.map((r) => ({ ...r, left: new Big(r.left) })),
    (r) => r.key,
  );
}
