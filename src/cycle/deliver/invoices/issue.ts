import { sql } from "kysely";
import Big from "big.js";
import { invalid } from "#kernel/refusal";
import { checkLines, lockOrder, orderTerms, taxIn, worthOf, type Ordered, type Priced } from "#deliver/orders";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { writePaperwork, type PaperLine } from "./write.ts";

export interface NewInvoice {
  /** All that is not invoiced yet when absent. */
  lines?: readonly Part[] | undefined;
  /** 2026-12-06; by the terms of payment when absent. */
  due_at?: string | null | undefined;
}

interface Part {
  order_line_id: string;
  quantity: string;
}

interface Taken extends Priced {
  id: string;
  position: number;
  description: string;
  tax_rate: string;
  part: string;
  /** Invoiced of the line by now, this part included. */
  invoiced: string;
  /** What invoices less credit notes asked for it before, and the tax in that. */
  billed: number;
  billed_tax: number;
}

// Neither cancelled nor back: what the customer keeps is what is asked for.
const kept = sql`(l.quantity - l.cancelled_quantity - l.returned_quantity)`;

/** Issues an invoice for an order, never for more than the customer keeps; answers its id. */
export const issueInvoice = (ctx: Ctx | Tx, orderId: string, input: NewInvoice = {}): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const order = await lockOrder(tx, orderId, "nothing is asked for it");
    const due_at = input.due_at ?? (await dueDay(tx));
    if (due_at < dayIn(tx, -1)) throw invalid("due_at", "This day has passed.");
    const parts = input.lines ?? (await notInvoiced(tx, orderId));
    if (input.lines) checkLines(parts);
    if (parts.length === 0) throw invalid("lines", "All of this order is invoiced.", "invoice.nothing-left");
    const taken = await take(tx, orderId, parts);
    const lines = taken.map((t) => lineOf(t, order));
    if (lines.every((l) => l.total === 0)) throw invalid("lines", "These lines cost nothing; there is nothing to ask for.", "invoice.nothing-due");
    return (await writePaperwork(tx, { kind: "invoice", order, lines, due_at, credits: null, reason: null, reason_id: null })).id;
  }); // prettier-ignore

/** A day in the company's zone, so many days from today: 2026-12-06. */
export const dayIn = (ctx: Ctx, days: number): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: ctx.workspace.time_zone, dateStyle: "short" }).format(new Date(ctx.clock().getTime() + days * 86_400_000)); // prettier-ignore

const dueDay = async (tx: Tx): Promise<string> => dayIn(tx, (await orderTerms(tx)).payment_days);

async function notInvoiced(tx: Tx, orderId: string): Promise<Part[]> {
  const { rows } = await sql<Part>`
    select l.id as order_line_id, trim_scale(${kept} - l.invoiced_quantity)::text as quantity from order_lines l
     where l.order_id = ${orderId} and l.invoiced_quantity < ${kept} order by l.position`.execute(tx.db);
  return rows;
} // prettier-ignore

/** The limit, in one conditional statement: of two invoices for the same piece one is refused. */
async function take(tx: Tx, orderId: string, parts: readonly Part[]): Promise<Taken[]> {
  const { rows } = await sql<Taken>`
    update order_lines l set invoiced_quantity = l.invoiced_quantity + p.quantity
      from json_to_recordset(${JSON.stringify(parts)}::json) as p(order_line_id uuid, quantity numeric)
     where l.id = p.order_line_id and l.order_id = ${orderId} and l.invoiced_quantity + p.quantity <= ${kept}
    returning l.id, l.position, l.description, l.quantity, l.unit_price, l.discount, l.tax, l.tax_rate, trim_scale(p.quantity)::text as part, l.invoiced_quantity as invoiced,
              (select coalesce(sum(i.total - i.credited_total), 0)::bigint from invoice_lines i where i.order_line_id = l.id and i.credits_line_id is null) as billed,
              (select coalesce(sum(i.tax - i.credited_tax), 0)::bigint from invoice_lines i where i.order_line_id = l.id and i.credits_line_id is null) as billed_tax`.execute(tx.db);
  if (rows.length === parts.length) return rows.toSorted((a, b) => a.position - b.position);
  const i = parts.findIndex((p) => !rows.some((r) => r.id === p.order_line_id));
  const { rows: left } = await sql<{ left: string }>`
    select trim_scale(greatest(0, ${kept} - l.invoiced_quantity))::text as left from order_lines l where l.id = ${parts[i]!.order_line_id} and l.order_id = ${orderId}`.execute(tx.db);
  if (!left[0]) throw invalid(`lines.${i}.order_line_id`, "The order has no such line.");
  throw invalid(`lines.${i}.quantity`, `Only ${left[0].left} of this line can still be invoiced.`, "invoice.too-many");
} // prettier-ignore

/** What is invoiced of the line by now, less what was asked before: parts add up to the line, whatever their order. */
function lineOf(t: Taken, order: Ordered): PaperLine {
  const total = Math.max(0, worthOf(t, t.invoiced, order.currency) - t.billed);
  const tax = Math.min(total, Math.max(0, taxIn(t, t.invoiced) - t.billed_tax));
  return {
    order_line_id: t.id,
    credits_line_id: null,
    description: t.description,
    quantity: t.part,
    unit_price: t.unit_price,
    tax_rate: new Big(t.tax_rate).toFixed(),
    tax,
    total,
  };
}
