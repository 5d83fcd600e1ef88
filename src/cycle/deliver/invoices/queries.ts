import { sql } from "kysely";
import type { RawJson } from "#kernel/endpoint";
import { notFound } from "#kernel/refusal";
import { moneyOf } from "#deliver/orders";
import { pageUrl, seal } from "#platform/pages";
import type { Ctx } from "#platform/context";
import { findRecord } from "#records";
import { invoice } from "./invoice.ts";

export interface InvoiceLine {
  id: string;
  order_line_id: string | null;
  description: string;
  quantity: string;
  unit_price: string;
  tax_rate: string;
  tax: number;
  total: number;
  credited_quantity: string;
}

/** The kind of link that opens an invoice for its customer. */
export const linkKind = "invoice";

/** Where the customer sees the invoice, and its PDF. */
export const linksOf = (ctx: Ctx, id: string): { page_url: string; pdf_url: string } => {
  const page_url = pageUrl(ctx, `/i/${seal(ctx, linkKind, id)}`);
  return { page_url, pdf_url: `${page_url}/pdf` };
};

/** The lines of an invoice, in order. */
export async function linesOf(ctx: Ctx, id: string): Promise<InvoiceLine[]> {
  const { rows } = await sql<InvoiceLine>`
    select id, order_line_id, description, trim_scale(quantity)::text as quantity, trim_scale(unit_price)::text as unit_price, trim_scale(tax_rate)::text as tax_rate, tax, total,
           trim_scale(credited_quantity)::text as credited_quantity
      from invoice_lines where invoice_id = ${id} order by position`.execute(ctx.db);
  return rows;
} // prettier-ignore

/** An invoice with its lines and its links. */
export async function findInvoice(ctx: Ctx, id: string): Promise<RawJson<Record<string, unknown>>> {
  const { json } = await findRecord(ctx, invoice, id);
  const { rows } = await sql<{ buyer: unknown }>`select buyer from invoices where id = ${id}`.execute(ctx.db);
  return { json: `${json.slice(0, -1)},${JSON.stringify({ lines: await linesOf(ctx, id), buyer: rows[0]!.buyer, ...linksOf(ctx, id) }).slice(1)}` };
} // prettier-ignore

/** Invoices and credit notes of an order, oldest first, at most 500. */
export async function invoicesOf(ctx: Ctx, orderId: string): Promise<{ items: Record<string, unknown>[] }> {
  if (!(await moneyOf(ctx, orderId))) throw notFound("order");
  const { rows } = await sql<Record<string, unknown>>`
    select id, kind, number, invoice_id, issued_at, due_at::text as due_at, total, tax, currency, paid, credited, open, status, reason, sent_at from invoices_told
     where order_id = ${orderId} order by issued_at, id limit 500`.execute(ctx.db);
  return { items: rows };
} // prettier-ignore

export interface OpenInvoice {
  id: string;
  number: string;
  order_id: string;
  order_number: string;
  contact_id: string | null;
  account_id: string | null;
  customer: string | null;
  due_at: string;
  open: number;
  currency: string;
  base_open: number;
  status: string;
}

const columns = sql`
  i.id, i.number, i.order_id, o.number as order_number, i.contact_id, i.account_id, coalesce(a.name, c.name) as customer, i.due_at::text as due_at, i.open, i.currency,
  round(i.open * o.to_base)::bigint as base_open, i.status
  from invoices_told i join orders o on o.id = i.order_id left join contacts c on c.id = i.contact_id left join accounts a on a.id = i.account_id`;

// An order that is covered has no open invoice: without this every invoice ever issued is reckoned to find the few that are open.
const owing = sql`o.paid - least(o.refunded, o.credited) < o.invoiced - o.credited`;

/** Invoices past their day and still open, longest first, at most 200. */
export async function overdueInvoices(ctx: Ctx): Promise<OpenInvoice[]> {
  const today = sql`(${ctx.clock()}::timestamptz at time zone ${ctx.workspace.time_zone})::date`;
  const { rows } = await sql<OpenInvoice>`
    select ${columns} where i.kind = 'invoice' and i.due_at < ${today} and i.open > 0
       and i.order_id = any(array(select o.id from orders o where ${owing})) order by i.due_at, i.id limit 200`.execute(ctx.db);
  return rows;
} // prettier-ignore

/** Invoices of this customer that are still open, oldest due first, at most 20. */
export async function openInvoices(ctx: Ctx, who: { contact_id?: string | undefined; account_id?: string | undefined }): Promise<OpenInvoice[]> {
  const { rows } = await sql<OpenInvoice>`
    select ${columns} where i.kind = 'invoice' and ${owing} and i.open > 0 and (i.contact_id = ${who.contact_id ?? null} or i.account_id = ${who.account_id ?? null})
     order by i.due_at, i.id limit 20`.execute(ctx.db);
  return rows;
} // prettier-ignore
