import { sql } from "kysely";
import { z } from "zod";
import Big from "big.js";
import { newId } from "#kernel/id";
import { toMajor } from "#kernel/money";
import { invalid } from "#kernel/refusal";
import { priceFor } from "#convert/catalog";
import type { Tx } from "#platform/context";
import { cleanText, cut } from "#records";
import { figuresOf, type Figures } from "./figures.ts";

const decimal = z.string().regex(/^\d{1,13}(\.\d{1,6})?$/, 'A decimal number is written like "12.5", with at most 6 decimals.'); // prettier-ignore
const percent = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,4})?$/, 'A percentage is written like "12.5".')
  .refine((v) => Number(v) <= 100, "A percentage is at most 100.");

/** Longest quote, lines: what a person reads before they sign. */
export const linesAtMost = 200;
const quantityAtMost = 1e9;
const priceAtMost = 1e12;

/** A line as a person or program writes it; description and price are the product's when absent. */
export const lineInput = z
  .strictObject({
    product_id: z.uuid().nullable().optional(),
    description: z.string().max(8000).optional(),
    quantity: decimal,
    unit_price: decimal.optional(),
    discount_percent: percent.nullable().optional(),
    discount_amount: z.int().min(0).max(1e15).nullable().optional(),
    tax_rate: percent.nullable().optional(),
  })
  .refine((l) => l.discount_percent == null || l.discount_amount == null, { path: ["discount_amount"], error: "Give a percentage or an amount, not both." }); // prettier-ignore
export type LineInput = z.input<typeof lineInput>;

export interface CompleteLine {
  product_id: string | null;
  description: string;
  quantity: string;
  unit_price: string;
  discount_percent: string | null;
  discount_amount: number | null;
  tax_rate: string;
}

/** Checks lines and completes them from their products and the price valid that day for that quantity; refuses by line and field. */
export async function completeLines(tx: Tx, lines: readonly LineInput[], currency: string): Promise<CompleteLine[]> {
  if (lines.length > linesAtMost) throw invalid("lines", `A quote has at most ${linesAtMost} lines.`);
  const ids = lines.flatMap((l) => l.product_id ?? []);
  const { rows } = await sql<{ id: string; name: string }>`select id, name from products where id = any(${ids}::uuid[]) and deleted_at is null`.execute(tx.db); // prettier-ignore
  const names = new Map(rows.map((p) => [p.id, p.name]));
  const complete: CompleteLine[] = [];
  for (const [i, line] of lines.entries()) complete.push(await completeLine(tx, line, i, currency, names));
  return complete;
}

async function completeLine(
  tx: Tx,
  line: LineInput,
  i: number,
  currency: string,
  names: ReadonlyMap<string, string>,
): Promise<CompleteLine> {
  const at = (field: string): string => `lines.${i}.${field}`;
  const name = line.product_id ? names.get(line.product_id) : undefined;
  if (line.product_id && !name) throw invalid(at("product_id"), "There is no such product.");
  const description = cleanText(line.description ?? "") || name;
  if (!description) throw invalid(at("description"), "Name a product or describe the line.");
  if (Number(line.quantity) === 0) throw invalid(at("quantity"), "A quantity is above zero.");
  if (Number(line.quantity) > quantityAtMost) throw invalid(at("quantity"), "A quantity is at most 1,000,000,000.");
  const unit_price = line.unit_price ?? (line.product_id ? await listed(tx, line.product_id, line.quantity, currency) : undefined); // prettier-ignore
  if (unit_price === undefined) throw invalid(at("unit_price"), line.product_id ? `Give a price; the product has none in ${currency}.` : "Give a price."); // prettier-ignore
  if (Number(unit_price) > priceAtMost) throw invalid(at("unit_price"), "A price is at most 1,000,000,000,000.");
  return {
    product_id: line.product_id ?? null,
    description: cut(description, 2000),
    quantity: plain(line.quantity),
    unit_price: plain(unit_price),
    discount_percent: line.discount_percent == null ? null : plain(line.discount_percent),
    discount_amount: line.discount_amount ?? null,
    tax_rate: plain(line.tax_rate ?? "0"),
  };
}

// As PostgreSQL answers it: "2.50" is "2.5".
const plain = (decimal: string): string => new Big(decimal).toFixed();

async function listed(tx: Tx, product_id: string, quantity: string, currency: string): Promise<string | undefined> {
  const price = await priceFor(tx, { product_id, currency, quantity, at: tx.clock() });
  return price ? toMajor(price.unit_price, currency) : undefined;
}

/** Replaces the lines of a quote, derived amounts left for refigure. */
export async function writeLines(tx: Tx, quoteId: string, lines: readonly CompleteLine[]): Promise<void> {
  await sql`delete from quote_lines where quote_id = ${quoteId}`.execute(tx.db);
  const rows = lines.map((l, i) => ({ ...l, id: newId(), position: i + 1 }));
  await sql`
    insert into quote_lines (id, quote_id, position, product_id, description, quantity, unit_price, discount_percent, discount_amount, tax_rate, goods, discount, share, net, tax)
    select r.id, ${quoteId}, r.position, r.product_id, r.description, r.quantity, r.unit_price, r.discount_percent, r.discount_amount, r.tax_rate, 0, 0, 0, 0, 0
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, position int, product_id uuid, description text, quantity numeric, unit_price numeric,
             discount_percent numeric, discount_amount bigint, tax_rate numeric)`.execute(tx.db);
}

/** A new quote whose lines are reckoned but not saved yet. */
export interface Draft {
  id: string;
  lines: readonly CompleteLine[];
  figures: Figures;
}

/** Saves the lines of new quotes and what they come to, of all of them in two statements. */
export async function saveDrafts(tx: Tx, drafts: readonly Draft[]): Promise<void> {
  const rows = drafts.flatMap(({ id, lines, figures }) => lines.map((l, i) => ({ ...l, ...figures.lines[i]!, id: newId(), quote_id: id, position: i + 1 }))); // prettier-ignore
  await sql`
    insert into quote_lines (id, quote_id, position, product_id, description, quantity, unit_price, discount_percent, discount_amount, tax_rate, goods, discount, share, net, tax)
    select r.id, r.quote_id, r.position, r.product_id, r.description, r.quantity, r.unit_price, r.discount_percent, r.discount_amount, r.tax_rate, r.goods, r.discount, r.share, r.net, r.tax
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, quote_id uuid, position int, product_id uuid, description text, quantity numeric, unit_price numeric,
             discount_percent numeric, discount_amount bigint, tax_rate numeric, goods bigint, discount bigint, share bigint, net bigint, tax bigint)`.execute(tx.db);
  const sums = drafts.map(({ id, lines, figures: f }) => ({ id, line_count: lines.length, discount: f.line_discount + f.whole_discount, net: f.net, tax: f.tax, total: f.total })); // prettier-ignore
  await sql`
    update quotes q set line_count = r.line_count, discount = r.discount, net = r.net, tax = r.tax, total = r.total, base_total = round(r.total * q.to_base)
      from json_to_recordset(${JSON.stringify(sums)}::json) as r(id uuid, line_count int, discount bigint, net bigint, tax bigint, total bigint) where q.id = r.id`.execute(tx.db);
} // prettier-ignore

export interface QuoteLine extends CompleteLine {
  id: string;
  position: number;
  goods: number;
  discount: number;
  share: number;
  net: number;
  tax: number;
}

/** The lines of a quote in their order. */
export async function linesOf(ctx: Pick<Tx, "db">, quoteId: string): Promise<QuoteLine[]> {
  const { rows } = await sql<QuoteLine>`
    select id, position, product_id, description, trim_scale(quantity)::text as quantity, trim_scale(unit_price)::text as unit_price,
           trim_scale(discount_percent)::text as discount_percent, discount_amount, trim_scale(tax_rate)::text as tax_rate, goods, discount, share, net, tax
      from quote_lines where quote_id = ${quoteId} order by position`.execute(ctx.db);
  return rows;
}

/** Brings the derived amounts of lines and quote up to its terms; the caller has locked the quote. Answers the figures. */
export async function refigure(tx: Tx, quoteId: string): Promise<Figures> {
  const { rows } = await sql<{ currency: string; discount_percent: string | null; discount_amount: number | null }>`
    select currency, trim_scale(discount_percent)::text as discount_percent, discount_amount from quotes where id = ${quoteId}`.execute(tx.db); // prettier-ignore
  const lines = await linesOf(tx, quoteId);
  const figures = figuresOf(lines, rows[0]!, rows[0]!.currency);
  const derived = lines.map((l, i) => ({ id: l.id, ...figures.lines[i]! }));
  await sql`
    update quote_lines l set goods = r.goods, discount = r.discount, share = r.share, net = r.net, tax = r.tax
      from json_to_recordset(${JSON.stringify(derived)}::json) as r(id uuid, goods bigint, discount bigint, share bigint, net bigint, tax bigint)
     where l.id = r.id`.execute(tx.db);
  await sql`
    update quotes set line_count = ${lines.length}, discount = ${figures.line_discount + figures.whole_discount}, net = ${figures.net}, tax = ${figures.tax},
           total = ${figures.total}, base_total = round(${figures.total} * to_base) where id = ${quoteId}`.execute(
    tx.db,
  );
  return figures;
}
