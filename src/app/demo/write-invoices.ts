import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Tx } from "#platform/context";
import { letterheadOf, noteChanges } from "#records";
import { recordAll, type FactInput } from "#timeline";
import { sample } from "./sample.ts";

const dayMs = 86_400_000;
const recentDays = 75;
const termDays = 14;

interface Line {
  id: string;
  description: string;
  quantity: string;
  unit_price: string;
  total: number;
  back: string;
  back_total: number;
}
interface Recent {
  id: string;
  number: string;
  contact_id: string | null;
  account_id: string | null;
  currency: string;
  placed_at: Date;
  placed_fact: string;
  total: number;
  name: string | null;
  company: string | null;
  city: string | null;
  country: string | null;
  email: string | null;
  /** When goods of it came back, and why. */
  back_at: Date | null;
  reason: string | null;
  lines: Line[];
}
interface Paper {
  id: string;
  kind: "invoice" | "credit_note";
  number: string;
  order: Recent;
  invoice: Paper | null;
  issued_at: Date;
  total: number;
  credited: number;
  reason: string | null;
  fact: string;
  lines: { id: string; order_line_id: string; credits_line_id: string | null; description: string; quantity: string; unit_price: string; total: number; credited_quantity: string; credited_total: number }[]; // prettier-ignore
}

/**
 * Writes an invoice for each of the sample's recent orders, and a credit note for what came back of it. Their numbers are the sample's
 * own (NW-1001): the company's series must have no gap when the sample is gone.
 */
export async function writeInvoices(tx: Tx, today: Date): Promise<void> {
  const orders = await recentOrders(tx, new Date(today.getTime() - recentDays * dayMs));
  if (orders.length === 0) return;
  const invoices = orders.map(invoiceOf);
  const back = invoices.filter((i) => i.order.back_at && i.credited > 0);
  const notes = back.toSorted((a, b) => Number(a.order.back_at) - Number(b.order.back_at)).map(noteOf); // prettier-ignore
  await insertPapers(tx, [...invoices, ...notes]);
  await sql`
    update order_lines l set invoiced_quantity = l.quantity - l.returned_quantity where l.order_id = any(${orders.map((o) => o.id)})`.execute(tx.db);
  await sql`
    update orders o set invoiced = s.invoiced, credited = s.credited
      from (select order_id, coalesce(sum(total) filter (where kind = 'invoice'), 0) as invoiced, coalesce(sum(total) filter (where kind = 'credit_note'), 0) as credited
              from invoices where order_id = any(${orders.map((o) => o.id)}) group by 1) s where o.id = s.order_id`.execute(tx.db);
  await noteChanges(tx, [...invoices, ...notes].map((p) => ({ object: "invoice", record_id: p.id, action: "created", fields: null })));
  await recordAll(tx, [...invoices, ...notes].map(factOf).toSorted((a, b) => Number(a.occurred_at) - Number(b.occurred_at)));
} // prettier-ignore

async function recentOrders(tx: Tx, since: Date): Promise<Recent[]> {
  const { rows } = await sql<Recent>`
    select o.id, o.number, o.contact_id, o.account_id, o.currency, o.placed_at, o.placed_fact, o.total, c.name, a.name as company, coalesce(a.city, c.city) as city,
           coalesce(a.country, c.country) as country, c.email, r.returned_at as back_at, r.reason,
           (select json_agg(json_build_object('id', l.id, 'description', l.description, 'quantity', trim_scale(l.quantity)::text, 'unit_price', trim_scale(l.unit_price)::text,
                     'total', l.total, 'back', trim_scale(l.returned_quantity)::text,
                     'back_total', coalesce((select sum(rl.total) from return_lines rl where rl.order_line_id = l.id), 0)) order by l.position)
              from order_lines l where l.order_id = o.id) as lines
      from orders o join external_ids e on e.object = 'order' and e.system = ${sample} and e.record_id = o.id
      left join contacts c on c.id = o.contact_id left join accounts a on a.id = o.account_id
      left join lateral (select returned_at, reason from returns where order_id = o.id order by returned_at limit 1) r on true
     where o.placed_at >= ${since} and o.cancelled_at is null and o.total > 0 and o.invoiced = 0 order by o.placed_at, o.number`.execute(
    tx.db,
  );
  return rows;
}

function invoiceOf(order: Recent, i: number): Paper {
  const lines = order.lines.map((l) => ({
    id: newId(), order_line_id: l.id, credits_line_id: null, description: l.description, quantity: l.quantity, unit_price: l.unit_price, total: l.total,
    credited_quantity: l.back, credited_total: l.back_total,
  })); // prettier-ignore
  const credited = order.lines.reduce((sum, l) => sum + l.back_total, 0);
  return { id: newId(), kind: "invoice", number: `NW-${1001 + i}`, order, invoice: null, issued_at: new Date(order.placed_at.getTime() + dayMs / 24), total: order.total, credited, reason: null, fact: newId(), lines }; // prettier-ignore
}

function noteOf(invoice: Paper, i: number): Paper {
  const lines = invoice.lines
    .filter((l) => l.credited_total > 0)
    .map((l) => ({ ...l, id: newId(), credits_line_id: l.id, quantity: l.credited_quantity, total: l.credited_total, credited_quantity: "0", credited_total: 0 })); // prettier-ignore
  return {
    ...invoice, id: newId(), kind: "credit_note", number: `NWC-${1001 + i}`, invoice, issued_at: new Date(Number(invoice.order.back_at) + dayMs / 12),
    total: invoice.credited, credited: 0, reason: invoice.order.reason ?? "came back", fact: newId(), lines,
  }; // prettier-ignore
}

const dueOf = (p: Paper): string =>
  new Date(p.issued_at.getTime() + (p.kind === "invoice" ? termDays * dayMs : 0)).toISOString().slice(0, 10);

async function insertPapers(tx: Tx, papers: readonly Paper[]): Promise<void> {
  const seller = await letterheadOf(tx);
  const rows = papers.map(({ order, invoice, lines, ...p }) => ({
    ...p,
    order_id: order.id,
    invoice_id: invoice?.id ?? null,
    contact_id: order.contact_id,
    account_id: order.account_id,
    currency: order.currency,
    due_at: dueOf({ ...p, order, invoice, lines }),
    line_count: lines.length,
    seller,
    buyer: {
      name: order.name,
      company: order.company,
      lines: [[order.city, order.country].filter(Boolean).join(", "), order.email ?? ""].filter(Boolean),
    },
  }));
  await sql`
    insert into invoices (id, kind, number, order_id, invoice_id, contact_id, account_id, currency, issued_at, due_at, net, tax, total, base_total, line_count, seller, buyer, reason, fact,
                          credited, sent_at, sent_count)
    select r.id, r.kind, r.number, r.order_id, r.invoice_id, r.contact_id, r.account_id, r.currency, r.issued_at, r.due_at, r.total, 0, r.total, r.total, r.line_count, r.seller, r.buyer,
           r.reason, r.fact, r.credited, r.issued_at, 1
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, kind text, number text, order_id uuid, invoice_id uuid, contact_id uuid, account_id uuid, currency text,
             issued_at timestamptz, due_at date, total bigint, line_count int, seller jsonb, buyer jsonb, reason text, fact uuid, credited bigint)`.execute(tx.db);
  const lines = papers.flatMap((p) => p.lines.map((l, i) => ({ ...l, invoice_id: p.id, position: i + 1 })));
  await sql`
    insert into invoice_lines (id, invoice_id, position, order_line_id, credits_line_id, description, quantity, unit_price, tax_rate, tax, total, credited_quantity, credited_total)
    select r.id, r.invoice_id, r.position, r.order_line_id, r.credits_line_id, r.description, r.quantity, r.unit_price, 0, 0, r.total, r.credited_quantity, r.credited_total
      from json_to_recordset(${JSON.stringify(lines)}::json) as r(id uuid, invoice_id uuid, position int, order_line_id uuid, credits_line_id uuid, description text, quantity numeric,
             unit_price numeric, total bigint, credited_quantity numeric, credited_total bigint)`.execute(tx.db);
} // prettier-ignore

function factOf(p: Paper): FactInput {
  const { id: order_id, number, contact_id, account_id, currency, placed_fact } = p.order;
  const same = { order_id, number, amount: p.total, currency, base_amount: p.total };
  const whose = { id: p.fact, contact_id, account_id, occurred_at: p.issued_at };
  if (!p.invoice)
    return { ...whose, name: "invoice.issued", caused_by: placed_fact, payload: { ...same, invoice_id: p.id, invoice_number: p.number, due_at: dueOf(p) } };
  return {
    ...whose,
    name: "invoice.credited",
    caused_by: p.invoice.fact,
    payload: { ...same, invoice_id: p.invoice.id, invoice_number: p.invoice.number, credit_note_id: p.id, credit_note_number: p.number, reason: p.reason },
  };
} // prettier-ignore
