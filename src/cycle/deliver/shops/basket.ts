import { createHash } from "node:crypto";
import type { ImportValues, Plan, StagedRow } from "#records";
import { keyOf, unpacked, type Line, type Who } from "./line.ts";
import { optionsOf } from "./options.ts";

/** The lines of one order, or of one return. */
export interface Basket {
  /** Names it within its shop, the same in every import of the same lines. */
  external: string;
  /** The customer's key; null for an anonymous basket. */
  customer: string | null;
  who: Who;
  number: string | null;
  at: number;
  currency: string;
  country: string | null;
  back: boolean;
  total: number;
  lines: Line[];
  /** What its lines say in fields of the company's own; an order whose lines differ is left out. */
  own: ImportValues;
}

export interface Baskets {
  baskets: Basket[];
  /** Rows that do not belong into their order. */
  misfits: { row: number; field: string; code: string; message: string }[];
}

/** Groups staged rows, which come in the order of keys and units, into orders and returns. */
export function basketsOf(plan: Plan, rows: readonly StagedRow[]): Baskets {
  const found: Baskets = { baskets: [], misfits: [] };
  const seen = new Map<string, number>();
  for (const unit of unitsOf(rows)) {
    const lines = unit.map(unpacked);
    if (optionsOf(plan).group_by === "row") for (const line of lines) found.baskets.push(basketOf([line], seen));
    else addUnit(plan, lines, found, seen);
  }
  return found;
}

function addUnit(plan: Plan, lines: Line[], found: Baskets, seen: Map<string, number>): void {
  const first = lines[0]!;
  const mine = lines.filter((l) => l.currency === first.currency);
  for (const l of lines)
    if (l.currency !== first.currency)
      found.misfits.push({
        row: l.row,
        field: "currency",
        code: "currency-mixed",
        message: `the order began in ${first.currency} in row ${first.row}; one order has one currency`,
      });
  const basket = basketOf(mine, seen);
  if (Number.isSafeInteger(basket.total)) found.baskets.push(named(plan, basket));
  else
    for (const l of mine)
      found.misfits.push({
        row: l.row,
        field: "total",
        code: "total-too-large",
        message: "the order's total is too large",
      });
}

const named = (plan: Plan, basket: Basket): Basket =>
  optionsOf(plan).group_by === "number" && basket.number ? { ...basket, external: basket.number } : basket;

function basketOf(lines: Line[], seen: Map<string, number>): Basket {
  const first = lines[0]!;
  const customer = keyOf(first.who);
  const print = printOf(customer, first, lines);
  // The same purchase twice in one file is two purchases: the n-th is named by its n.
  const n = (seen.get(print) ?? 0) + 1;
  seen.set(print, n);
  return {
    external: n === 1 ? print : `${print}.${n}`,
    customer, who: first.who, number: first.number, at: first.at, currency: first.currency, country: first.country, back: first.back,
    total: lines.reduce((sum, l) => sum + l.total, 0), lines,
    own: Object.assign({}, ...lines.map((l) => l.own).toReversed()) as ImportValues,
  }; // prettier-ignore
}

/** Fingerprint of customer, time and lines, in whatever order they stand: 132 bits of SHA-256. */
function printOf(customer: string | null, first: Line, lines: readonly Line[]): string {
  const said = lines.map((l) => JSON.stringify([l.sku, l.description, l.quantity, l.unit_price])).sort();
  return createHash("sha256")
    .update(JSON.stringify([customer, first.at, first.back, first.currency, first.number, said]))
    .digest("base64url")
    .slice(0, 22);
}

function* unitsOf(rows: readonly StagedRow[]): Generator<StagedRow[]> {
  let unit: StagedRow[] = [];
  for (const row of rows) {
    const last = unit.at(-1);
    if (last && (last.key !== row.key || last.unit !== row.unit)) {
      yield unit;
      unit = [];
    }
    unit.push(row);
  }
  if (unit.length > 0) yield unit;
}
