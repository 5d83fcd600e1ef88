import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { registerRecordType, type Row, type Values } from "#records";
import { checkCustomer, checkPlacedAt, rateOf } from "./checks.ts";
import { toBase } from "./base.ts";
import { goodsReturn, orderLine } from "./parts.ts";
import { order } from "./order.ts";

/** Fields of an order that may be changed whatever became of it; the others are what was agreed. */
const always = new Set(["country", "custom", "promised_at"]);

/** Why the order may no longer be changed; null when it may. */
export function whyFixed(row: Row): string | null {
  if (row.quote_id)
    return `Order ${String(row.number)} is what the customer accepted as a quote; cancel it to agree on something else.`;
  if (row.cancelled_at) return `Order ${String(row.number)} is cancelled; open it again to change it.`;
  if (Number(row.paid) > 0)
    return `Order ${String(row.number)} has payments; what was agreed can no longer be changed.`;
  if (row.return_status !== "none")
    return `Goods of order ${String(row.number)} came back; what was agreed can no longer be changed.`;
  if (["partial", "shipped", "delivered"].includes(String(row.fulfilment_status)))
    return `Goods of order ${String(row.number)} are on their way; what was agreed can no longer be changed.`;
  if (Number(row.invoiced) > 0)
    return `Order ${String(row.number)} has an invoice; what was agreed can no longer be changed.`;
  return null;
}

/** Refuses unless nothing was paid, returned or cancelled. */
export function requireOpen(row: Row): void {
  const why = whyFixed(row);
  if (why) throw new Refused("conflict", "order.fixed", why);
}

/** Refuses new lines where a row tells something of the old ones: shipped, cancelled or invoiced. */
export async function requireUntouched(tx: Tx, row: Row): Promise<void> {
  const { rows } = await sql`
    select 1 from order_lines where order_id = ${row.id} and (cancelled_quantity > 0 or shipped_quantity > 0 or invoiced_quantity > 0) limit 1`.execute(
    tx.db,
  );
  if (rows.length > 0)
    throw new Refused(
      "conflict",
      "order.fixed",
      `A part of order ${String(row.number)} is shipped, cancelled or invoiced; its lines can no longer be changed.`,
    );
}

async function prepare(tx: Tx, values: Values, before: Row | null): Promise<Values> {
  // Orders are made by placeOrder; only a change comes here.
  if (!before) throw new TypeError("orders are placed, not created");
  const given = Object.fromEntries(
    Object.entries(values).filter(([k, v]) => v !== undefined && !(v === null && neverEmpty.has(k))),
  );
  if (Object.keys(given).some((k) => !always.has(k) && changes(given[k], before[k]))) requireOpen(before);
  if (typeof given.placed_at === "string") given.placed_at = new Date(given.placed_at);
  if (given.placed_at instanceof Date) checkPlacedAt(tx, given.placed_at);
  // A new contact brings their account; taking the contact away leaves the account.
  const moved = given.contact_id ? await checkCustomer(tx, given) : {};
  if (!("currency" in given) && !("rate" in given)) return { ...given, ...moved };
  const currency = String(given.currency ?? before.currency);
  const rate = rateOf(tx, currency, given.rate ?? (currency === before.currency ? before.rate : undefined));
  return { ...given, ...moved, currency, rate, to_base: toBase(currency, String(rate), tx.workspace.currency) };
}

const neverEmpty = new Set(["number", "placed_at", "currency", "rate"]);
const changes = (now: unknown, old: unknown): boolean => {
  if (old instanceof Date)
    return !(now instanceof Date || typeof now === "string") || new Date(now).getTime() !== old.getTime();
  // PostgreSQL answers decimals as text.
  return (typeof now === "number" ? String(now) : (now ?? null)) !== (old ?? null);
};

/** Orders tell their own facts: placing, correcting and cancelling say more than "changed". */
export const orderType = registerRecordType({ object: order, prepare, tell: () => null });
export const orderLineType = registerRecordType({ object: orderLine, tell: () => null });
export const returnType = registerRecordType({ object: goodsReturn, tell: () => null });
