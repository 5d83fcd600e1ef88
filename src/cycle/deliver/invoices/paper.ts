import { sql } from "kysely";
import { notFound } from "#kernel/refusal";
import { toMajor } from "#kernel/money";
import { writePaper } from "#platform/pdf";
import type { Ctx } from "#platform/context";
import type { Letterhead } from "#records";
import type { Kind } from "./invoice.ts";
import { linesOf, type InvoiceLine } from "./queries.ts";
import type { Buyer } from "./write.ts";

/** An invoice as it was issued, with how it stands today. */
export interface Issued {
  id: string;
  kind: Kind;
  number: string;
  order_number: string;
  credits: string | null;
  currency: string;
  issued_at: Date;
  due_at: string;
  net: number;
  tax: number;
  total: number;
  open: number;
  paid: number;
  credited: number;
  status: string;
  reason: string | null;
  seller: Letterhead;
  buyer: Buyer;
  lines: InvoiceLine[];
}

/** The invoice as it is told on paper and on its page. */
export async function issuedInvoice(ctx: Ctx, id: string): Promise<Issued> {
  const { rows } = await sql<Omit<Issued, "lines">>`
    select i.id, i.kind, i.number, o.number as order_number, c.number as credits, i.currency, i.issued_at, i.due_at::text as due_at, i.net, i.tax, i.total, i.open, i.paid, i.credited, i.status,
           i.reason, i.seller, i.buyer
      from invoices_told i join orders o on o.id = i.order_id left join invoices c on c.id = i.invoice_id where i.id = ${id}`.execute(ctx.db);
  if (!rows[0]) throw notFound("invoice");
  return { ...rows[0], lines: await linesOf(ctx, id) };
} // prettier-ignore

/** "Invoice INV-1001" or "Credit note CN-1001". */
export const titleOf = (i: Pick<Issued, "kind" | "number">): string => `${i.kind === "invoice" ? "Invoice" : "Credit note"} ${i.number}`; // prettier-ignore

/** How the workspace writes money and days. */
export function wordsFor(ctx: Ctx, currency: string) {
  const { locale } = ctx.workspace;
  const money = new Intl.NumberFormat(locale, { style: "currency", currency });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  return {
    money: (amount: number): string => money.format(Number(toMajor(amount, currency))),
    number: (text: string): string => number.format(Number(text)),
    day: (text: string): string => day.format(new Date(text)),
  };
}

/** Net and tax by rate, highest rate first. */
export const taxesOf = (lines: readonly InvoiceLine[]): { rate: string; net: number; tax: number }[] =>
  [...Map.groupBy(lines, (l) => l.tax_rate)]
    .map(([rate, list]) => ({
      rate,
      net: list.reduce((sum, l) => sum + l.total - l.tax, 0),
      tax: list.reduce((sum, l) => sum + l.tax, 0),
    }))
    .toSorted((a, b) => Number(b.rate) - Number(a.rate));

/** The invoice as a PDF; the same invoice has the same bytes, whatever was paid meanwhile. */
export function invoicePdf(ctx: Ctx, i: Issued): Promise<Buffer> {
  const { money, number, day } = wordsFor(ctx, i.currency);
  const taxes = taxesOf(i.lines).filter((t) => t.tax > 0 || Number(t.rate) > 0);
  const { seller, buyer } = i;
  const contact = [seller.email, seller.phone, seller.website].filter(Boolean);
  return writePaper({
    title: titleOf(i),
    language: ctx.workspace.locale,
    from: {
      name: seller.legal_name,
      lines: [...seller.address.split("\n"), ...contact].filter(Boolean),
      footer: [seller.tax_id, seller.bank, seller.footer].filter(Boolean),
    },
    to: [buyer.company, buyer.name, ...buyer.lines].filter((l): l is string => Boolean(l)),
    facts: [
      ["Date", day(dayOf(ctx, i.issued_at))],
      ...(i.kind === "invoice" ? [["Due", day(i.due_at)] as const] : [["Credits", i.credits ?? ""] as const]),
      ["Order", i.order_number],
    ],
    intro: i.kind === "credit_note" ? (i.reason ?? "") : "",
    columns: [
      { label: "What", width: 0.46 },
      { label: "Quantity", width: 0.12, number: true },
      { label: "Price", width: 0.15, number: true },
      { label: "Tax", width: 0.1, number: true },
      { label: "Net", width: 0.17, number: true },
    ],
    rows: i.lines.map((l) => [l.description, number(l.quantity), number(l.unit_price), `${number(l.tax_rate)} %`, money(l.total - l.tax)]),
    sums: [
      ...(taxes.length > 0 ? [{ label: "Net", value: money(i.net) }] : []),
      ...taxes.map((t) => ({ label: `Tax ${number(t.rate)} % on ${money(t.net)}`, value: money(t.tax) })),
      { label: "Total", value: money(i.total), strong: true },
    ],
    notes: seller.bank && i.kind === "invoice" ? [{ title: "Payment", text: `Please pay by ${day(i.due_at)} and name ${i.number}.\n${seller.bank}` }] : [],
    missingNote: "Some letters of this paper are missing in our fonts; the page behind the link in our mail shows them all.",
    pageWords: "Page {page} of {pages}",
    at: i.issued_at,
  });
} // prettier-ignore

const dayOf = (ctx: Ctx, at: Date): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: ctx.workspace.time_zone, dateStyle: "short" }).format(at);
