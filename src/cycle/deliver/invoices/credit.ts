import { sql } from "kysely";
import Big from "big.js";
import { spread, toMajor } from "#kernel/money";
import { invalid, notFound, Refused } from "#kernel/refusal";
import { letGo, reasonGiven, type Ordered } from "#deliver/orders";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { dayIn } from "./issue.ts";
import { writePaperwork, type PaperLine } from "./write.ts";

export interface NewCredit {
  /** Quantities of the invoice's lines; or an amount as goodwill. All that is not credited yet when both are absent. */
  lines?: readonly Part[] | undefined;
  /** Minor units with tax, above zero. */
  amount?: number | undefined;
  reason?: string | null | undefined;
  reason_id?: string | null | undefined;
}

interface Part {
  invoice_line_id: string;
  quantity: string;
}

interface Credited {
  id: string;
  number: string;
  fact: string;
  kind: string;
  total: number;
  credited: number;
  order_id: string;
}

interface Line {
  id: string;
  position: number;
  order_line_id: string | null;
  description: string;
  quantity: string;
  unit_price: string;
  tax_rate: string;
  tax: number;
  total: number;
  part: string;
  credited_quantity: string;
  credited_total: number;
  credited_tax: number;
}

/** Takes an invoice back in part or whole by a credit note, never more than it asked for; answers the credit note's id. */
export const creditInvoice = (ctx: Ctx | Tx, invoiceId: string, input: NewCredit): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const { invoice, order } = await hold(tx, invoiceId);
    const why = await reasonGiven(tx, input, "refund");
    if (!why.reason) throw invalid("reason", "Say why.");
    const lines = input.amount === undefined ? await byLines(tx, invoice, input.lines) : await byAmount(tx, invoice, input.amount, why.reason);
    const total = lines.reduce((sum, l) => sum + l.total, 0);
    await takeFromInvoice(tx, invoice, total, order.currency);
    const due_at = dayIn(tx, 0);
    const written = await writePaperwork(tx, { kind: "credit_note", order, lines, due_at, credits: invoice, ...why });
    // Goodwill is paid no more; what came back or was cancelled is told by the order's own ledger.
    if (input.amount !== undefined) await letGo(tx, order, total, written.fact);
    return written.id;
  }); // prettier-ignore

// The order first, as everybody does; a cancelled order's invoice may well be credited.
async function hold(tx: Tx, id: string): Promise<{ invoice: Credited; order: Ordered }> {
  const { rows: orders } = await sql<Ordered>`
    select id, number, contact_id, account_id, currency, rate, to_base, placed_at, promised_at::text as promised_at, cancelled_at from orders
     where id = (select order_id from invoices where id = ${id}) for no key update`.execute(tx.db);
  const { rows } = await sql<Credited>`select id, number, fact, kind, total, credited, order_id from invoices where id = ${id}`.execute(tx.db);
  if (!rows[0] || !orders[0]) throw notFound("invoice");
  if (rows[0].kind !== "invoice") throw new Refused("conflict", "credit.of-credit", "A credit note cannot be credited; issue an invoice.");
  return { invoice: rows[0], order: orders[0] };
} // prettier-ignore

async function takeFromInvoice(tx: Tx, invoice: Credited, total: number, currency: string): Promise<void> {
  if (total === 0) throw invalid("lines", "There is nothing to be credited.", "credit.nothing-left");
  const { rows } = await sql`
    update invoices set credited = credited + ${total}, updated_at = ${tx.clock()} where id = ${invoice.id} and credited + ${total} <= total returning id`.execute(tx.db);
  if (rows.length > 0) return;
  const left = `${toMajor(invoice.total - invoice.credited, currency)} ${currency}`;
  throw invalid("amount", `Only ${left} of invoice ${invoice.number} can still be credited.`, "credit.too-much");
} // prettier-ignore

async function byLines(tx: Tx, invoice: Credited, given: readonly Part[] | undefined): Promise<PaperLine[]> {
  const parts = given ?? (await notCredited(tx, invoice.id));
  if (parts.length === 0) throw invalid("lines", "All of this invoice is credited.", "credit.nothing-left");
  if (new Set(parts.map((p) => p.invoice_line_id)).size < parts.length) throw invalid("lines", "A line is named twice.");
  const zero = parts.findIndex((p) => new Big(p.quantity).lte(0));
  if (zero >= 0) throw invalid(`lines.${zero}.quantity`, "A quantity is above zero.");
  const taken = await take(tx, invoice.id, parts);
  const lines = taken.map(lineOf);
  const sums = lines.map((l) => ({ id: l.credits_line_id, total: l.total, tax: l.tax }));
  await sql`
    update invoice_lines l set credited_total = l.credited_total + r.total, credited_tax = l.credited_tax + r.tax
      from json_to_recordset(${JSON.stringify(sums)}::json) as r(id uuid, total bigint, tax bigint) where l.id = r.id`.execute(tx.db);
  const back = taken.map((t) => ({ id: t.order_line_id, quantity: t.part }));
  await sql`
    update order_lines l set invoiced_quantity = l.invoiced_quantity - r.quantity
      from (select id, sum(quantity) as quantity from json_to_recordset(${JSON.stringify(back)}::json) as x(id uuid, quantity numeric) group by id) r where l.id = r.id`.execute(tx.db);
  return lines;
} // prettier-ignore

async function notCredited(tx: Tx, id: string): Promise<Part[]> {
  const { rows } = await sql<Part>`
    select id as invoice_line_id, trim_scale(quantity - credited_quantity)::text as quantity from invoice_lines where invoice_id = ${id} and credited_quantity < quantity order by position`.execute(tx.db);
  return rows;
} // prettier-ignore

/** The limit, in one conditional statement: a line is credited once. */
async function take(tx: Tx, id: string, parts: readonly Part[]): Promise<Line[]> {
  const { rows } = await sql<Line>`
    update invoice_lines l set credited_quantity = l.credited_quantity + p.quantity
      from json_to_recordset(${JSON.stringify(parts)}::json) as p(invoice_line_id uuid, quantity numeric)
     where l.id = p.invoice_line_id and l.invoice_id = ${id} and l.credited_quantity + p.quantity <= l.quantity
    returning l.id, l.position, l.order_line_id, l.description, l.quantity, l.unit_price, trim_scale(l.tax_rate)::text as tax_rate, l.tax, l.total,
              trim_scale(p.quantity)::text as part, l.credited_quantity, l.credited_total, l.credited_tax`.execute(tx.db);
  if (rows.length === parts.length) return rows.toSorted((a, b) => a.position - b.position);
  const i = parts.findIndex((p) => !rows.some((r) => r.id === p.invoice_line_id));
  const { rows: left } = await sql<{ left: string }>`
    select trim_scale(quantity - credited_quantity)::text as left from invoice_lines where id = ${parts[i]!.invoice_line_id} and invoice_id = ${id}`.execute(tx.db);
  if (!left[0]) throw invalid(`lines.${i}.invoice_line_id`, "The invoice has no such line.");
  throw invalid(`lines.${i}.quantity`, `Only ${left[0].left} of this line can still be credited.`, "credit.too-many");
} // prettier-ignore

/** The share of what the line asked for, counted from zero, so that crediting all of it in parts gives back exactly that. */
function lineOf(l: Line): PaperLine {
  const share = (amount: number): number => Number(new Big(amount).times(l.credited_quantity).div(l.quantity).round(0, Big.roundHalfUp).toFixed());
  const tax = share(l.tax) - l.credited_tax;
  const { order_line_id, description, unit_price, tax_rate } = l;
  return { order_line_id, credits_line_id: l.id, description, quantity: l.part, unit_price, tax_rate, tax, total: share(l.total) - l.credited_total };
} // prettier-ignore

/** Goodwill: the amount over the invoice's tax rates by what each asked for, to the last cent. */
async function byAmount(tx: Tx, invoice: Credited, amount: number, reason: string): Promise<PaperLine[]> {
  if (!Number.isSafeInteger(amount) || amount <= 0) throw invalid("amount", "An amount is a whole number of minor units (cents) above zero.");
  const { rows } = await sql<{ tax_rate: string; total: number; tax: number; currency: string }>`
    select trim_scale(l.tax_rate)::text as tax_rate, sum(l.total)::bigint as total, sum(l.tax)::bigint as tax, i.currency from invoice_lines l join invoices i on i.id = l.invoice_id
     where l.invoice_id = ${invoice.id} group by 1, i.currency having sum(l.total) > 0 order by 2 desc, 1`.execute(tx.db);
  const parts = spread(amount, rows.map((r) => r.total));
  return rows.flatMap((r, i): PaperLine[] => {
    const total = parts[i]!;
    if (total === 0) return [];
    const tax = Number(new Big(total).times(r.tax).div(r.total).round(0, Big.roundHalfUp).toFixed());
    return [{ order_line_id: null, credits_line_id: null, description: reason, quantity: "1", unit_price: toMajor(total - tax, r.currency), tax_rate: r.tax_rate, tax, total }];
  });
} // prettier-ignore
