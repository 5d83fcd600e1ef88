import { sql } from "kysely";
import { newId } from "#kernel/id";
import { inBase } from "#kernel/money";
import type { Ordered } from "#deliver/orders";
import type { Tx } from "#platform/context";
import { letterheadOf, noteChanges } from "#records";
import { record } from "#timeline";
import type { Kind } from "./invoice.ts";

/** A line as it is written; amounts in minor units, the tax being part of the total. */
export interface PaperLine {
  order_line_id: string | null;
  credits_line_id: string | null;
  description: string;
  quantity: string;
  unit_price: string;
  tax_rate: string;
  tax: number;
  total: number;
}

interface Paperwork {
  kind: Kind;
  order: Ordered;
  lines: readonly PaperLine[];
  /** 2026-12-06. */
  due_at: string;
  credits: { id: string; number: string; fact: string } | null;
  reason: string | null;
  reason_id: string | null;
}

export interface Written {
  id: string;
  number: string;
  total: number;
  fact: string;
}

/**
 * Takes the next number of the series and writes the paper with it. Comes last in its transaction, because the series is held until
 * that ends: whoever fails before has taken no number, and who fails after gives it back.
 */
export async function writePaperwork(tx: Tx, p: Paperwork): Promise<Written> {
  const tax = p.lines.reduce((sum, l) => sum + l.tax, 0);
  const total = p.lines.reduce((sum, l) => sum + l.total, 0);
  const id = newId();
  const fact = newId();
  const seller = await letterheadOf(tx);
  const buyer = await buyerOf(tx, p.order);
  const { number, issued_at } = await nextNumber(tx, p.kind);
  await sql`
    insert into invoices (id, kind, number, order_id, invoice_id, contact_id, account_id, currency, issued_at, due_at, net, tax, total, base_total, line_count, seller, buyer,
                          reason, reason_id, fact, created_at, updated_at)
    values (${id}, ${p.kind}, ${number}, ${p.order.id}, ${p.credits?.id ?? null}, ${p.order.contact_id}, ${p.order.account_id}, ${p.order.currency}, ${issued_at}, ${p.due_at}::date,
            ${total - tax}, ${tax}, ${total}, ${inBase(total, p.order.to_base)}, ${p.lines.length}, ${JSON.stringify(seller)}::jsonb, ${JSON.stringify(buyer)}::jsonb,
            ${p.reason}, ${p.reason_id}, ${fact}, ${tx.clock()}, ${tx.clock()})`.execute(tx.db);
  const rows = p.lines.map((l, i) => ({ ...l, id: newId(), invoice_id: id, position: i + 1 }));
  await sql`
    insert into invoice_lines (id, invoice_id, position, order_line_id, credits_line_id, description, quantity, unit_price, tax_rate, tax, total)
    select r.* from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, invoice_id uuid, position int, order_line_id uuid, credits_line_id uuid, description text,
           quantity numeric, unit_price numeric, tax_rate numeric, tax bigint, total bigint)`.execute(tx.db);
  await sql`
    update orders set invoiced = invoiced + ${p.kind === "invoice" ? total : 0}, credited = credited + ${p.kind === "invoice" ? 0 : total}, updated_at = ${tx.clock()}
     where id = ${p.order.id}`.execute(tx.db);
  await noteChanges(tx, [{ object: "invoice", record_id: id, action: "created", fields: null }]);
  await tell(tx, p, { id, number, total, fact });
  return { id, number, total, fact };
} // prettier-ignore

// A clock that was set back must not date a later number earlier.
async function nextNumber(tx: Tx, kind: Kind): Promise<{ number: string; issued_at: Date }> {
  const { rows } = await sql<{ number: string; issued_at: Date }>`
    update invoice_series set last = last + 1, last_at = greatest(last_at, ${tx.clock()}::timestamptz) where kind = ${kind}
    returning prefix || last as number, last_at as issued_at`.execute(tx.db);
  return rows[0]!;
} // prettier-ignore

export interface Buyer {
  name: string | null;
  company: string | null;
  lines: string[];
}

async function buyerOf(tx: Tx, { contact_id, account_id }: Ordered): Promise<Buyer> {
  const { rows } = await sql<{ name: string | null; company: string | null; city: string | null; country: string | null; email: string | null }>`
    select c.name, a.name as company, coalesce(a.city, c.city) as city, coalesce(a.country, c.country) as country, c.email
      from (select 1) one left join contacts c on c.id = ${contact_id} left join accounts a on a.id = ${account_id}`.execute(tx.db);
  const { name, company, city, country, email } = rows[0]!;
  const place = [city, country].filter(Boolean).join(", ");
  return { name, company, lines: [place, email ?? ""].filter((l) => l !== "") };
} // prettier-ignore

async function tell(tx: Tx, p: Paperwork, { id, number, total, fact }: Written): Promise<void> {
  const { id: order_id, contact_id, account_id, currency, to_base } = p.order;
  const same = { order_id, number: p.order.number, amount: total, currency, base_amount: inBase(total, to_base) };
  if (!p.credits) {
    const { rows } = await sql<{ placed_fact: string | null }>`select placed_fact from orders where id = ${order_id}`.execute(tx.db);
    await record(tx, { id: fact, name: "invoice.issued", contact_id, account_id, caused_by: rows[0]!.placed_fact, payload: { ...same, invoice_id: id, invoice_number: number, due_at: p.due_at } });
    return;
  }
  await record(tx, {
    id: fact,
    name: "invoice.credited",
    contact_id,
    account_id,
    caused_by: p.credits.fact,
    payload: {
      ...same,
      invoice_id: p.credits.id,
      invoice_number: p.credits.number,
      credit_note_id: id,
      credit_note_number: number,
      reason: p.reason,
      reason_id: p.reason_id,
    },
  });
} // prettier-ignore
