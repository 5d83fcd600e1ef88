import { sql } from "kysely";
import Big from "big.js";
import { z } from "zod";
import { priceFor } from "#convert/catalog";
import { newId } from "#kernel/id";
import { inBase, lineTotal, toMajor } from "#kernel/money";
import { invalid } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { cleanText, cut, lockRecord, noteChanges, type Row } from "#records";
import { opportunityType } from "./opportunity.ts";
import { requireVersion } from "./version.ts";

const decimal = z
  .string()
  .regex(/^\d{1,13}(\.\d{1,6})?$/, 'A decimal number is written like "12.5", with at most 6 decimals.');

/** A line as a person or program writes it; description and price are the product's when absent. */
export const lineInput = z.strictObject({
  product_id: z.uuid().nullable().optional(),
  description: z.string().max(2000).optional(),
  quantity: decimal,
  unit_price: decimal.optional(),
});
export type LineGiven = z.input<typeof lineInput>;

export const linesAtMost = 200;
/** Largest sum of lines, minor units: totals of many stay below 2^53. */
const totalAtMost = 1e13;

export interface Line {
  id: string;
  position: number;
  product_id: string | null;
  product: { id: string; title: string } | null;
  description: string;
  quantity: string;
  unit_price: string;
  total: number;
  price_entry_id: string | null;
}

/** The lines of an opportunity in order; quantities and prices are exact decimal strings. */
export async function linesOf(ctx: Ctx, id: string): Promise<Line[]> {
  const { rows } = await sql<Line>`
    select l.id, l.position, l.product_id, case when p.id is not null then json_build_object('id', p.id, 'title', p.name) end as product, l.description,
           trim_scale(l.quantity)::text as quantity, trim_scale(l.unit_price)::text as unit_price, l.total, l.price_entry_id
      from opportunity_lines l left join products p on p.id = l.product_id where l.opportunity_id = ${id} order by l.position`.execute(
    ctx.db,
  );
  return rows;
}

/** Replaces the lines of an opportunity; its amount is their sum from then on, or stays when none are left. */
export const changeLines = (
  ctx: Ctx | Tx,
  id: string,
  version: number | undefined,
  lines: readonly LineGiven[],
): Promise<Row> =>
  inTransaction(ctx, async (tx) => {
    const before = await lockRecord(tx, opportunityType, id);
    requireVersion(before, version);
    if (before.status === "won")
      throw invalid("lines", "It is won; what was agreed can no longer be changed.", "opportunity.closed");
    return setLines(tx, before, lines);
  });

/** The same for one that the caller holds. */
export async function setLines(tx: Tx, row: Row, given: readonly LineGiven[]): Promise<Row> {
  if (given.length > linesAtMost) throw invalid("lines", `An opportunity has at most ${linesAtMost} lines.`);
  const currency = String(row.currency);
  const kept = new Map((await linesOf(tx, row.id)).map((l) => [`${l.product_id}/${l.unit_price}`, l.price_entry_id]));
  const lines = [];
  for (const [i, line] of given.entries()) lines.push(await complete(tx, line, i, currency, kept));
  const sum = lines.reduce((all, l) => all + l.total, 0);
  if (sum > totalAtMost) throw invalid("lines", "This opportunity is too large.");
  await sql`delete from opportunity_lines where opportunity_id = ${row.id}`.execute(tx.db);
  await sql`
    insert into opportunity_lines (id, opportunity_id, position, product_id, description, quantity, unit_price, total, price_entry_id)
    select r.id, ${row.id}, r.position, r.product_id, r.description, r.quantity, r.unit_price, r.total, r.price_entry_id
      from json_to_recordset(${JSON.stringify(lines)}::json) as r(id uuid, position int, product_id uuid, description text, quantity numeric, unit_price numeric,
             total bigint, price_entry_id uuid)`.execute(tx.db);
  const amount = lines.length > 0 ? sum : Number(row.amount);
  const { rows } = await sql<Row>`
    update opportunities set line_count = ${lines.length}, amount = ${amount}, base_amount = ${inBase(amount, String(row.to_base))}, touched_at = ${tx.clock()},
           updated_at = ${tx.clock()}, version = version + 1 where id = ${row.id} returning *`.execute(tx.db);
  await noteChanges(tx, [
    {
      object: "opportunity",
      record_id: row.id,
      action: "updated",
      fields: {
        line_count: [row.line_count, lines.length],
        ...(amount === row.amount ? {} : { amount: [row.amount, amount] }),
      },
    },
  ]);
  return rows[0]!;
}

async function complete(
  tx: Tx,
  line: LineGiven,
  i: number,
  currency: string,
  kept: ReadonlyMap<string, string | null>,
) {
  const at = (field: string): string => `lines.${i}.${field}`;
  if (new Big(line.quantity).lte(0)) throw invalid(at("quantity"), "A quantity is above zero.");
  const product = line.product_id ? await productOf(tx, line.product_id) : null;
  if (line.product_id && !product) throw invalid(at("product_id"), "There is no such product.");
  const description = cut(cleanText(line.description ?? ""), 1000) || (product?.name ?? "");
  if (!description) throw invalid(at("description"), "Name a product or describe the line.");
  const listed =
    product && line.unit_price === undefined
      ? await priceFor(tx, { product_id: product.id, currency, quantity: line.quantity })
      : null;
  const unit_price = line.unit_price ?? (listed ? toMajor(listed.unit_price, currency) : undefined);
  if (unit_price === undefined)
    throw invalid(
      at("unit_price"),
      product ? `Give a price; the product has none in ${currency}.` : "Give a price.",
      "price.none",
    );
  return {
    id: newId(),
    position: i + 1,
    product_id: product?.id ?? null,
    description,
    quantity: line.quantity,
    unit_price,
    total: totalOf(line.quantity, unit_price, currency, at("unit_price")),
    price_entry_id:
      listed?.entry_id ?? kept.get(`${product?.id ?? null}/${new Big(unit_price).toFixed()}`) ?? null,
  }; // prettier-ignore
}

// Looked at, not held: two who write the same products in another order must not wait for each other.
async function productOf(tx: Tx, id: string): Promise<{ id: string; name: string } | null> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from products where id = ${id} and deleted_at is null`.execute(tx.db);
  return rows[0] ?? null;
}

function totalOf(quantity: string, price: string, currency: string, field: string): number {
  try {
    return lineTotal(quantity, price, currency);
  } catch (error) {
    if (error instanceof RangeError) throw invalid(field, "This line is too large.");
    throw error;
  }
}
