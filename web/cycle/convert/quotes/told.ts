import { request } from "../../../kit/client.ts";
import type { Pointed, Rec } from "../../../records/record.ts";

/* What the server tells about a quote, as src/cycle/convert/quotes answers it. Amounts are minor units of the quote's currency. */
export interface QuoteLine {
  id: string;
  product_id: string | null;
  product: Pointed | null;
  description: string;
  quantity: string;
  unit_price: string;
  discount_percent: string | null;
  discount_amount: number | null;
  tax_rate: string;
  goods: number;
  discount: number;
  net: number;
  tax: number;
}
export interface Version {
  id: string;
  revision: number;
  url: string;
  hash: string;
  sent_at: string;
  sent_by: string;
  sent_to: string | null;
  opened_at: string | null;
}
export interface Tax {
  rate: string;
  net: number;
  tax: number;
}
export interface Quote extends Rec {
  number: string;
  subject: string | null;
  status: "draft" | "sent" | "viewed" | "accepted" | "declined" | "expired" | "withdrawn";
  revision: number;
  contact_id: string | null;
  contact?: Pointed | null;
  account_id: string | null;
  account?: Pointed | null;
  currency: string;
  net: number;
  tax: number;
  total: number;
  whole_discount: number;
  discount_percent: number | null;
  discount_amount: number | null;
  intro: string | null;
  terms: string | null;
  valid_until: string;
  deleted_at: string | null;
  withdraw_reason: string | null;
  shown_version_id: string | null;
  acceptance: {
    at: string;
    by: string;
    via: string;
    hash: string;
    ip?: string;
    user_agent?: string;
    note?: string;
  } | null;
  lines: readonly QuoteLine[];
  taxes: readonly Tax[];
  versions: readonly Version[];
}
export interface Figures {
  lines: readonly { goods: number; discount: number; share: number; net: number; tax: number }[];
  net: number;
  tax: number;
  total: number;
  whole_discount: number;
  taxes: readonly Tax[];
  /** Of each line, as it was given or found in the catalogue. */
  prices: readonly string[];
}
export interface LineGiven {
  product_id: string | null;
  description?: string;
  quantity: string;
  unit_price?: string;
  discount_percent?: string;
  discount_amount?: number;
  tax_rate: string;
}
export interface Sent {
  url: string;
  held: string | null;
}

/** What is asked about quotes. */
export const quotes = {
  get: (id: string, signal?: AbortSignal) => request<Quote>("GET /quotes/{id}", { id }, signal),
  create: (given: object) => request<Quote>("POST /quotes", given),
  change: (id: string, version: number | undefined, given: object) => request<Quote>("PATCH /quotes/{id}", { ...given, id, version }), // prettier-ignore
  figures: (given: object, signal?: AbortSignal) => request<Figures>("POST /quotes/figures", given, signal),
  send: (id: string, given: { by: "mail" | "link"; to?: string; message?: string }) => request<Sent>("POST /quotes/{id}/send", { id, ...given }), // prettier-ignore
  resend: (id: string, given: { to?: string; message?: string }) => request<Sent>("POST /quotes/{id}/resend", { id, ...given }), // prettier-ignore
  withdraw: (id: string, reason: string) => request<Quote>("POST /quotes/{id}/withdraw", { id, reason }),
  reopen: (id: string) => request<Quote>("POST /quotes/{id}/reopen", { id }),
  accept: (id: string, by: string, note: string) => request<Quote>("POST /quotes/{id}/accept", { id, by, note }),
  decline: (id: string, reason_id: string | null, words: string) => request<Quote>("POST /quotes/{id}/decline", { id, reason_id, words }), // prettier-ignore
};

/** Whether the customer has it before them, unanswered. */
export const waits = (quote: Pick<Quote, "status">): boolean => quote.status === "sent" || quote.status === "viewed";
/** The address of its PDF. */
export const paperOf = (id: string): string => `/api/v1/quotes/${encodeURIComponent(id)}/pdf`;
