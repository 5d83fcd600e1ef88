import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { cleanText, recordEndpoints } from "#records";
import { creditInvoice } from "./credit.ts";
import { invoiceType } from "./invoice.ts";
import { issueInvoice } from "./issue.ts";
import { findInvoice, invoicesOf, openInvoices, overdueInvoices } from "./queries.ts";
import { sendInvoice } from "./send.ts";

const { list, get, history } = recordEndpoints(invoiceType);
const byId = z.object({ id: z.uuid() });
const quantity = z
  .string()
  .regex(/^\d{1,13}(\.\d{1,6})?$/, 'A decimal number is written like "12.5", with at most 6 decimals.');
const lines = <T extends z.ZodRawShape>(key: T) => z.array(z.strictObject({ ...key, quantity })).min(1).max(1000).optional(); // prettier-ignore

const newCredit = byId
  .extend({
    lines: lines({ invoice_line_id: z.uuid() }),
    amount: z.int("An amount is a whole number of minor units (cents).").positive().max(1e15).optional(),
    reason: z.string().max(4000).transform(cleanText).pipe(z.string().max(1000)).nullable().optional(),
    reason_id: z.uuid().nullable().optional(),
  })
  .refine((v) => v.lines === undefined || v.amount === undefined, "Name lines or an amount, not both.");

export const invoicesApi = {
  list,
  history,
  get: endpoint({ ...get, summary: "One invoice with its lines", run: (ctx: Ctx, { id }) => findInvoice(ctx, id) }),
  issue: endpoint({
    route: "POST /orders/{id}/invoices",
    may: "invoices.create",
    summary: "Issue an invoice for an order; all that is not invoiced yet when no lines are named",
    input: byId.extend({ lines: lines({ order_line_id: z.uuid() }), due_at: z.iso.date().nullable().optional() }),
    status: 201,
    run: async (ctx: Ctx, { id, ...input }) => findInvoice(ctx, await issueInvoice(ctx, id, input)),
  }),
  of: endpoint({
    route: "GET /orders/{id}/invoices",
    may: "invoices.read",
    summary: "Invoices and credit notes of an order",
    input: byId,
    run: (ctx: Ctx, { id }) => invoicesOf(ctx, id),
  }),
  credit: endpoint({
    route: "POST /invoices/{id}/credit-notes",
    may: "invoices.credit",
    summary: "Credit an invoice: quantities of its lines, an amount as goodwill, or all that is left",
    input: newCredit,
    status: 201,
    run: async (ctx: Ctx, { id, ...input }) => findInvoice(ctx, await creditInvoice(ctx, id, input)),
  }),
  send: endpoint({
    route: "POST /invoices/{id}/mail",
    may: "invoices.create",
    summary: "Send an invoice to its contact by mail; answers what holds it back when it may not go",
    input: byId,
    run: (ctx: Ctx, { id }) => sendInvoice(ctx, id),
  }),
  overdue: endpoint({
    route: "GET /invoices/overdue",
    may: "invoices.read",
    summary: "Invoices past their day and still open, longest first",
    input: z.object({}),
    run: async (ctx: Ctx) => ({ items: await overdueInvoices(ctx) }),
  }),
  open: endpoint({
    route: "GET /invoices/open",
    may: "invoices.read",
    summary: "Open invoices of a customer",
    input: z
      .object({ contact_id: z.uuid().optional(), account_id: z.uuid().optional() })
      .refine((v) => (v.contact_id === undefined) !== (v.account_id === undefined), "Name a contact or an account."),
    run: async (ctx: Ctx, input) => ({ items: await openInvoices(ctx, input) }),
  }),
};
