import { sql } from "kysely";
import { newId } from "#kernel/id";
import { inBase, settle, type SettledOrder } from "#deliver/orders";
import type { Tx } from "#platform/context";
import { customOfNew, notedCustom, noteChanges } from "#records";
import { recordAll, type FactInput } from "#timeline";
import { payment } from "./payment.ts";

/** Money in or back, minor units of the order's currency. */
export interface BulkPayment {
  id?: string;
  order_id: string;
  kind: "payment" | "refund";
  /** Zero or less is passed over: nothing moved. */
  amount: number;
  method: string;
  reference?: string | null;
  reason?: string | null;
  reason_id?: string | null;
  received_at: Date;
}

export interface PaidMany {
  /** Payments and refunds that were written. */
  written: number;
  /** Orders whose money would not fit: more than they cost, more back than received, cancelled or not there. Nothing of it was written. */
  refused: string[];
}

/** Writes many payments and refunds in a few statements; those of one order are taken together or not at all. */
export async function payMany(tx: Tx, payments: readonly BulkPayment[]): Promise<PaidMany> {
  const moved = payments.filter((p) => p.amount > 0);
  const byOrder = Map.groupBy(moved, (p) => p.order_id);
  const sum = (list: readonly BulkPayment[], kind: BulkPayment["kind"]): number =>
    list.reduce((total, p) => (p.kind === kind ? total + p.amount : total), 0);
  const settled = await settle(
    tx,
    [...byOrder].map(([order_id, list]) => ({ order_id, paid: sum(list, "payment"), refunded: sum(list, "refund") })),
  );
  const written = [...byOrder.entries()].flatMap(([id, list]) => {
    const order = settled.get(id);
    return order ? writtenOf(order, list) : [];
  });
  await writePayments(tx, written);
  return { written: written.length, refused: [...byOrder.keys()].filter((id) => !settled.has(id)) };
}

export interface WrittenPayment {
  id: string;
  order: SettledOrder;
  kind: BulkPayment["kind"];
  amount: number;
  method: string;
  reference: string | null;
  reason: string | null;
  reason_id: string | null;
  received_at: Date;
  /** Whether this one settled the order. */
  settles: boolean;
  /** What fields of the company's own hold, checked; their presets when absent. */
  custom?: Record<string, unknown>;
}

/** The last payment of an order that is fully received now is the one that settled it. */
function writtenOf(order: SettledOrder, list: readonly BulkPayment[]): WrittenPayment[] {
  const sorted = list.toSorted((a, b) => a.received_at.getTime() - b.received_at.getTime());
  const last = order.paid >= order.total ? sorted.findLast((p) => p.kind === "payment") : undefined;
  return sorted.map((p) => ({
    id: p.id ?? newId(),
    order,
    kind: p.kind,
    amount: p.amount,
    method: p.method,
    reference: p.reference ?? null,
    reason: p.reason ?? null,
    reason_id: p.reason_id ?? null,
    received_at: p.received_at,
    settles: p === last,
  }));
}

/** Writes payments whose orders took them already; notes and tells them at their own time. */
export async function writePayments(tx: Tx, payments: readonly WrittenPayment[]): Promise<void> {
  if (payments.length === 0) return;
  const presets = await customOfNew(tx, payment);
  const rows = payments.map(({ order: o, ...p }) => ({
    custom: presets,
    ...p,
    order_id: o.id,
    contact_id: o.contact_id,
    account_id: o.account_id,
    currency: o.currency,
    base_amount: inBase(p.amount, o.to_base),
  }));
  await sql`
    insert into payments (id, number, order_id, contact_id, account_id, kind, amount, currency, base_amount, method, reference, reason, reason_id, received_at, custom, created_at, updated_at)
    select r.id, case r.kind when 'payment' then 'P' else 'B' end || nextval('payment_numbers'), r.order_id, r.contact_id, r.account_id, r.kind, r.amount,
           r.currency, r.base_amount, r.method, r.reference, r.reason, r.reason_id, r.received_at, r.custom, ${tx.clock()}, ${tx.clock()}
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, order_id uuid, contact_id uuid, account_id uuid, kind text, amount bigint, currency text,
             base_amount bigint, method text, reference text, reason text, reason_id uuid, received_at timestamptz, custom jsonb)`.execute(
    tx.db,
  );
  await noteChanges(
    tx,
    payments.map(({ id, custom }) => ({
      object: "payment",
      record_id: id,
      action: "created",
      fields: notedCustom(custom),
    })),
  );
  await recordAll(tx, payments.map(factOf));
}

const factOf = ({
  id,
  order: o,
  kind,
  amount,
  reason,
  reason_id,
  received_at,
  settles,
}: WrittenPayment): FactInput => ({
  name: kind === "refund" ? "payment.refunded" : settles ? "order.paid" : "payment.received",
  contact_id: o.contact_id,
  account_id: o.account_id,
  occurred_at: received_at,
  caused_by: o.placed_fact,
  payload: {
    order_id: o.id,
    number: o.number,
    amount,
    currency: o.currency,
    base_amount: inBase(amount, o.to_base),
    payment_id: id,
    ...(kind === "refund" && reason ? { reason } : {}),
    ...(kind === "refund" && reason_id ? { reason_id } : {}),
  },
});
