/*
 * Orders and returns as an import or a shop's mirror brings them, by the thousand; each is known by its id elsewhere.
 */
export interface Elsewhere {
  system: string;
  id: string;
}

export interface BulkLine {
  product_id: string | null;
  description: string;
  /** Decimal, above zero. */
  quantity: string;
  /** Decimal in major units, not below zero. */
  unit_price: string;
  /** Goods that we send; false when absent: a shop's orders were sent by the shop. */
  ships?: boolean | undefined;
  /** Taken off quantity x price, minor units, at most that. */
  discount?: number | undefined;
  /** Percent, for the invoice: "19". */
  tax_rate?: string | undefined;
  /** Tax on what is left, minor units, as the seller reckoned it; it comes on top. */
  tax?: number | undefined;
}

export interface BulkOrder {
  id: string;
  /** The next free number when null. */
  number: string | null;
  contact_id: string | null;
  account_id: string | null;
  currency: string;
  /** Workspace currency per unit; ignored for the workspace's own currency. */
  rate: string | number;
  placed_at: Date;
  source: string;
  country?: string | null;
  /** The day by which it should be there: 2026-11-30. */
  promised_at?: string | null;
  /** The fact that made it be placed: an accepted quote. */
  caused_by?: string | null;
  external?: Elsewhere | null;
  /** What fields of the company's own hold, checked; their presets when absent. */
  custom?: Record<string, unknown> | undefined;
  lines: readonly (BulkLine & { id?: string })[];
}

export interface BulkReturn {
  id: string;
  contact_id: string | null;
  account_id: string | null;
  currency: string;
  rate: string | number;
  returned_at: Date;
  source: string;
  reason?: string | null;
  reason_id?: string | null;
  external?: Elsewhere | null;
  lines: readonly BulkLine[];
}

/**
 * What became of one: new (`placed`), already here under the same id elsewhere or, without one, the same number (`known`), or
 * refused because an order that came another way has its number (`number-taken`).
 */
export interface Placing {
  id: string;
  outcome: "placed" | "known" | "number-taken";
  /** The order that is here now; null when none is ours. */
  order_id: string | null;
  number: string | null;
  total: number;
}

export interface TakingBack {
  id: string;
  outcome: "returned" | "known";
  return_id: string;
  total: number;
  /** Lines tied to the order they came from. */
  linked: number;
}
