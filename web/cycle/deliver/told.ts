import { request } from "../../kit/client.ts";
import type { Pointed, Rec } from "../../records/record.ts";

/*
 * What the server tells about an order, as src/cycle/deliver answers it. Amounts are minor units of the order's currency,
 * quantities and unit prices exact decimal texts in major units.
 */
export interface Line {
  id: string;
  position: number;
  product_id: string | null;
  product: Pointed | null;
  description: string;
  quantity: string;
  returned_quantity: string;
  cancelled_quantity: string;
  shipped_quantity: string;
  delivered_quantity: string;
  invoiced_quantity: string;
  /** Whether we send it. */
  ships: boolean;
  discount: number;
  tax_rate: string;
  tax: number;
  unit_price: string;
  total: number;
}
export interface Order extends Rec {
  number: string;
  contact_id: string | null;
  contact?: Pointed | null;
  account_id: string | null;
  account?: Pointed | null;
  placed_at: string;
  created_at: string;
  status: "open" | "completed" | "cancelled";
  payment_status: string;
  return_status: string;
  fulfilment_status: string;
  promised_at: string | null;
  /** Worth of cancelled quantities. */
  cancelled_total: number;
  invoiced: number;
  credited: number;
  currency: string;
  total: number;
  paid: number;
  refunded: number;
  returned: number;
  cancelled_at: string | null;
  cancel_reason: string | null;
  source: string | null;
  lines: readonly Line[];
}
export interface Payment {
  id: string;
  number: string;
  kind: "payment" | "refund";
  amount: number;
  currency: string;
  method: string;
  reference: string | null;
  reason?: string | null;
  received_at: string;
}
export interface GoodsReturn {
  id: string;
  number: string;
  returned_at: string;
  reason: string | null;
  currency: string;
  total: number;
  lines: readonly { id: string; description: string; quantity: string; total: number }[];
}
export interface Part {
  order_line_id: string;
  description: string;
  quantity: string;
}
export interface Shipment extends Rec {
  number: string;
  order_id: string;
  carrier: string | null;
  tracking_number: string | null;
  /** The carrier's own page about it. */
  tracking_url: string | null;
  promised_at: string | null;
  shipped_at: string;
  delivered_at: string | null;
  lines: readonly Part[];
}
export interface Cancellation {
  act_id: string;
  cancelled_at: string;
  reason: string;
  amount: number;
  lines: readonly Part[];
}
export interface Bill {
  id: string;
  kind: "invoice" | "credit_note";
  number: string;
  issued_at: string;
  due_at: string;
  total: number;
  paid: number;
  credited: number;
  open: number;
  currency: string;
  status: string;
  reason: string | null;
}
export interface BillLine {
  id: string;
  order_line_id: string | null;
  description: string;
  quantity: string;
  credited_quantity: string;
  unit_price: string;
  tax_rate: string;
  tax: number;
  total: number;
}
export interface Invoice extends Rec, Bill {
  order_id: string;
  order?: Pointed | null;
  invoice_id: string | null;
  contact_id: string | null;
  net: number;
  tax: number;
  sent_at: string | null;
  lines: readonly BillLine[];
  pdf_url: string;
}
export interface Quantity {
  order_line_id: string;
  quantity: string;
}
export interface ChangeSet {
  set_id: string;
  at: string;
  actor: { name: string };
  reason: string | null;
  action: string;
  fields: Record<string, [unknown, unknown]> | null;
}
export interface LineGiven {
  product_id: string | null;
  description?: string;
  quantity: string;
  unit_price?: string;
  ships?: boolean;
  discount?: number;
  tax_rate?: string;
  tax?: number;
}
export interface MoneyGiven {
  amount: number;
  method: string;
  received_at?: string | undefined;
  reference: string | null;
  reason_id?: string | null;
  reason?: string | null;
}

/** What is asked about orders. */
export const orders = {
  get: (id: string, signal?: AbortSignal) => request<Order>("GET /orders/{id}", { id }, signal),
  place: (given: Record<string, unknown>) => request<Order>("POST /orders", given),
  /** Both, or neither when the code is refused. */
  placeWithCode: (given: Record<string, unknown>) =>
    request<{ id: string; number: string }>("POST /promotions/orders", given),
  change: (id: string, version: number | undefined, given: Record<string, unknown>) =>
    request<Order>("PATCH /orders/{id}", { ...given, id, version }),
  cancel: (id: string, reason: string) => request<Order>("POST /orders/{id}/cancel", { id, reason }),
  reopen: (id: string) => request<Order>("POST /orders/{id}/reopen", { id }),
  payments: (id: string, signal?: AbortSignal) =>
    request<{ items: readonly Payment[] }>("GET /orders/{id}/payments", { id }, signal),
  receive: (id: string, given: MoneyGiven) => request<Rec>("POST /orders/{id}/payments", { id, ...given }),
  refund: (id: string, given: MoneyGiven) => request<Rec>("POST /orders/{id}/refunds", { id, ...given }),
  returns: (id: string, signal?: AbortSignal) =>
    request<{ items: readonly GoodsReturn[] }>("GET /orders/{id}/returns", { id }, signal),
  giveBack: (id: string, given: { lines: readonly Quantity[]; reason: string | null; reason_id: string | null }) =>
    request<GoodsReturn>("POST /orders/{id}/returns", { id, ...given }),
  ship: (id: string, given: Record<string, unknown>) =>
    request<Shipment>("POST /orders/{id}/shipments", { id, ...given }),
  shipments: (id: string, signal?: AbortSignal) =>
    request<{ items: readonly Shipment[] }>("GET /orders/{id}/shipments", { id }, signal),
  cancelLines: (id: string, lines: readonly Quantity[], reason: string) =>
    request<{ act_id: string }>("POST /orders/{id}/cancelled-lines", { id, lines, reason }),
  restoreLines: (id: string, act_id: string) =>
    request<undefined>("DELETE /orders/{id}/cancelled-lines/{act_id}", { id, act_id }),
  cancellations: (id: string, signal?: AbortSignal) =>
    request<{ items: readonly Cancellation[] }>("GET /orders/{id}/cancelled-lines", { id }, signal),
  invoice: (id: string, given: Record<string, unknown>) =>
    request<Invoice>("POST /orders/{id}/invoices", { id, ...given }),
  invoices: (id: string, signal?: AbortSignal) =>
    request<{ items: readonly Bill[] }>("GET /orders/{id}/invoices", { id }, signal),
  history: (id: string, signal?: AbortSignal) =>
    request<{ items: readonly ChangeSet[] }>("GET /orders/{id}/history", { id }, signal),
};

/** What is asked about shipments. */
export const shipments = {
  get: (id: string, signal?: AbortSignal) => request<Shipment>("GET /shipments/{id}", { id }, signal),
  arrived: (id: string) => request<Shipment>("POST /shipments/{id}/arrival", { id }),
  notArrived: (id: string) => request<Shipment>("DELETE /shipments/{id}/arrival", { id }),
  takeBack: (id: string) => request<undefined>("DELETE /shipments/{id}", { id }),
};

/** What is asked about invoices. */
export const invoices = {
  get: (id: string, signal?: AbortSignal) => request<Invoice>("GET /invoices/{id}", { id }, signal),
  credit: (id: string, given: Record<string, unknown>) =>
    request<Invoice>("POST /invoices/{id}/credit-notes", { id, ...given }),
  mail: (id: string) => request<{ send_id: string } | { held: string }>("POST /invoices/{id}/mail", { id }),
};

/** What is still to be paid, minor units; never below 0. */
export const dueOf = (order: Pick<Order, "total" | "cancelled_total" | "paid">): number =>
  Math.max(0, order.total - order.cancelled_total - order.paid);

/** What was received beyond what the customer keeps, and is not back yet: to be given back, minor units. */
export const owedBack = (order: Order): number =>
  Math.max(
    0,
    order.paid -
      order.refunded -
      (order.status === "cancelled" ? 0 : order.total - order.cancelled_total - order.returned),
  );

/** What was received and is not back yet, minor units. */
export const keptOf = (order: Pick<Order, "paid" | "refunded">): number => Math.max(0, order.paid - order.refunded);

/** Whether what was agreed may still be changed: not what an accepted quote says, and nothing paid, sent, invoiced, returned or cancelled. */
export const isLoose = (order: Order): boolean =>
  order.paid === 0 &&
  order.return_status === "none" &&
  order.status !== "cancelled" &&
  !order["quote_id"] &&
  order.invoiced === 0 &&
  order.cancelled_total === 0 &&
  ["not_needed", "none"].includes(order.fulfilment_status);
