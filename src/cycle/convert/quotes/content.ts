import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { letterheadOf, type Row } from "#records";
import { figuresOf, type Figures } from "./figures.ts";
import { linesOf } from "./lines.ts";

/** What a customer is shown, and what is hashed as evidence of what they accepted. */
export interface Content {
  number: string;
  revision: number;
  subject: string | null;
  language: string;
  currency: string;
  /** The last day, in the company's zone. */
  valid_until: string;
  intro: string | null;
  terms: string | null;
  from: { name: string; address: string; tax_id: string; bank: string; email: string; phone: string; website: string; footer: string }; // prettier-ignore
  to: { name: string | null; account: string | null };
  discount_percent: string | null;
  lines: readonly {
    description: string;
    quantity: string;
    unit_price: string;
    discount_percent: string | null;
    tax_rate: string;
  }[];
  figures: Figures;
}

/** The content of a quote as it stands, for one the caller has locked. */
export async function contentOf(tx: Tx, quote: Row): Promise<Content> {
  const head = await letterheadOf(tx);
  const lines = await linesOf(tx, quote.id);
  const { rows } = await sql<{ discount_percent: string | null; valid_until: string; name: string | null; account: string | null }>`
    select trim_scale(q.discount_percent)::text as discount_percent, q.valid_until::text as valid_until, c.name, a.name as account
      from quotes q left join contacts c on c.id = q.contact_id left join accounts a on a.id = q.account_id where q.id = ${quote.id}`.execute(tx.db); // prettier-ignore
  const { discount_percent, valid_until, name, account } = rows[0]!;
  const currency = String(quote.currency);
  const whole = { discount_percent, discount_amount: quote.discount_amount as number | null };
  return {
    number: String(quote.number),
    revision: Number(quote.revision),
    subject: textOf(quote.subject),
    language: tx.workspace.locale,
    currency,
    valid_until,
    intro: textOf(quote.intro),
    terms: textOf(quote.terms),
    from: { name: head.legal_name, address: head.address, tax_id: head.tax_id, bank: head.bank, email: head.email, phone: head.phone, website: head.website, footer: head.footer }, // prettier-ignore
    to: { name, account },
    discount_percent,
    lines: lines.map(({ description, quantity, unit_price, discount_percent: percent, tax_rate }) => ({ description, quantity, unit_price, discount_percent: percent, tax_rate })), // prettier-ignore
    figures: figuresOf(lines, whole, currency),
  };
}

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** SHA-256 of the text, hexadecimal. */
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
