import { sql } from "kysely";
import { z } from "zod";
import Big from "big.js";
import { newId } from "#kernel/id";
import { toMajor } from "#kernel/money";
import { invalid } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { cleanText, cut, objectNamed } from "#records";
import type { BulkLine } from "./bulk.ts";
import { totalOfLine } from "./worth.ts";

const decimal = z
  .string()
  .regex(/^\d{1,13}(\.\d{1,6})?$/, 'A decimal number is written like "12.5", with at most 6 decimals.');

/** A line as a person or program writes it; description and price are the product's when absent. */
export const lineInput = z.strictObject({
  product_id: z.uuid().nullable().optional(),
  description: z.string().max(2000).optional(),
  quantity: decimal,
  unit_price: decimal.optional(),
  /** Whether we send it; as the product says when absent, and a line without a product is not sent. */
  ships: z.boolean().optional(),
  /** Taken off quantity x price, minor units. */
  discount: z.int().min(0).max(1e15).optional(),
  /** Percent; added to the price. */
  tax_rate: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,4})?$/, 'A tax rate is written like "19" or "8.875".')
    .refine((v) => Number(v) <= 100, "A tax rate is at most 100 percent.")
    .optional(),
  /** Minor units, where the seller reckoned it over several lines; else it follows from the rate. */
  tax: z.int().min(0).max(1e15).optional(),
});
export type LineInput = z.input<typeof lineInput>;

export const linesAtMost = 1000;
export const quantityAtMost = 1e9;
export const priceAtMost = 1e12;
/** Largest order, minor units: sums of many stay below 2^53. */
export const totalAtMost = 1e15;

/** Checks lines and completes them from their products; refuses by line and field. */
export async function completeLines(
  tx: Tx,
  lines: readonly LineInput[],
  currency: string,
): Promise<(BulkLine & { id: string })[]> {
  if (lines.length === 0) throw invalid("lines", "An order has at least one line.");
  if (lines.length > linesAtMost) throw invalid("lines", `An order has at most ${linesAtMost} lines.`);
  const products = await productsOf(tx, lines);
  const complete = lines.map((l, i) =>
    completeLine(l, i, currency, l.product_id ? (products.get(l.product_id) ?? null) : null),
  );
  const total = complete.reduce((sum, l, i) => sum + totalOf(l, i, currency), 0);
  if (total > totalAtMost) throw invalid("lines", "This order is too large.");
  return complete;
}

interface Product {
  id: string;
  name: string;
  price: number | null;
  currency: string | null;
  kind: "goods" | "service";
}

async function productsOf(tx: Tx, lines: readonly LineInput[]): Promise<Map<string, Product>> {
  const ids = lines.flatMap((l) => l.product_id ?? []);
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Product>`
    select id, name, price, currency, kind from ${sql.table(objectNamed("product").table)} where id = any(${ids}::uuid[]) and deleted_at is null`.execute(
    tx.db,
  );
  return new Map(rows.map((p) => [p.id, p]));
}

function completeLine(
  line: LineInput,
  i: number,
  currency: string,
  product: Product | null,
): BulkLine & { id: string } {
  const at = (field: string): string => `lines.${i}.${field}`;
  if (line.product_id && !product) throw invalid(at("product_id"), "There is no such product.");
  const description = cleanText(line.description ?? "") || product?.name;
  if (!description) throw invalid(at("description"), "Name a product or describe the line.");
  const listed =
    product && product.price !== null && product.currency === currency ? toMajor(product.price, currency) : undefined;
  const unit_price = line.unit_price ?? listed;
  if (unit_price === undefined) throw invalid(at("unit_price"), `Give a price; the product has none in ${currency}.`);
  if (new Big(line.quantity).lte(0))
    throw invalid(at("quantity"), "A quantity is above zero; goods that come back are a return.");
  if (new Big(line.quantity).gt(quantityAtMost)) throw invalid(at("quantity"), "A quantity is at most 1,000,000,000.");
  if (new Big(unit_price).gt(priceAtMost)) throw invalid(at("unit_price"), "A price is at most 1,000,000,000,000.");
  return {
    id: newId(),
    product_id: line.product_id ?? null,
    description: cut(description, 1000),
    quantity: line.quantity,
    unit_price,
    ships: line.ships ?? product?.kind === "goods",
    ...takenOffAndOn({ ...line, unit_price }, i, currency),
  };
}

function takenOffAndOn(line: LineInput & { unit_price: string }, i: number, currency: string) {
  const goods = totalOf(
    { quantity: line.quantity, unit_price: line.unit_price, description: "", product_id: null },
    i,
    currency,
  );
  const discount = line.discount ?? 0;
  if (discount > goods) throw invalid(`lines.${i}.discount`, "A discount is at most what the line costs.");
  const rate = line.tax_rate ?? "0";
  if (line.tax !== undefined && line.tax > 0 && Number(rate) === 0)
    throw invalid(`lines.${i}.tax`, "Say the tax rate, too.");
  const tax = line.tax ?? Number(new Big(goods - discount).times(rate).div(100).round(0, Big.roundHalfUp).toFixed());
  return { discount, tax_rate: rate, tax };
}

function totalOf(line: BulkLine, i: number, currency: string): number {
  try {
    return totalOfLine(line, currency);
  } catch (error) {
    if (error instanceof RangeError) throw invalid(`lines.${i}.unit_price`, "This line is too large.");
    throw error;
  }
}
