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
}
export interface MoneyGiven {
  amount: number;
  method: string;
  received_at?: string | undefined;
  reference: string | null;
}

/** What is asked about orders. */
export const orders = {
  get: (id: string, signal?: AbortSignal) => request<Order>("GET /orders/{id}", { id }, signal),
  place: (given: Record<string, unknown>) => request<Order>("POST /orders", given),
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
  giveBack: (id: string, lines: readonly { order_line_id: string; quantity: string }[], reason: string | null) =>
    request<GoodsReturn>("POST /orders/{id}/returns", { id, lines, reason }),
  history: (id: string, signal?: AbortSignal) =>
    request<{ items: readonly ChangeSet[] }>("GET /orders/{id}/history", { id }, signal),
};

/** What is still to be paid, minor units; never below 0. */
export const dueOf = (order: Pick<Order, "total" | "paid">): number => Math.max(0, order.total - order.paid);

/** What was received and is not back yet, minor units. */
export const keptOf = (order: Pick<Order, "paid" | "refunded">): number => Math.max(0, order.paid - order.refunded);

/** Whether what was agreed may still be changed: nothing paid, returned or cancelled. */
export const isLoose = (order: Pick<Order, "paid" | "return_status" | "status">): boolean =>
  order.paid === 0 && order.return_status === "none" && order.status !== "cancelled";
