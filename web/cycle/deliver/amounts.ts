import { decimalsOf } from "../../kit/format.ts";
import { readNumber } from "../../kit/form/numbers.ts";

const plain = /^\d{1,13}(?:\.\d{1,6})?$/;

/** A quantity or price as people of the locale write it, as the exact decimal text the server takes; undefined when it is none. */
export function decimalText(typed: string, locale?: string): string | undefined {
  const value = readNumber(typed.trim(), locale);
  if (value === undefined || value < 0) return undefined;
  // Numbers of up to 15 digits go through a double unharmed; longer ones are nobody's quantity.
  const text = new Intl.NumberFormat("en", { useGrouping: false, maximumSignificantDigits: 15 }).format(value);
  return plain.test(text) ? text : undefined;
}

const digits = 6; // decimals the server takes
const scaled = (text: string): bigint => {
  const [whole = "0", part = ""] = text.split(".");
  return BigInt(whole + part.padEnd(digits, "0").slice(0, digits));
};

/** Quantity x price in minor units, rounded once, half up: as the server will count it. Undefined when either is no decimal. */
export function lineTotal(
  quantity: string | undefined,
  price: string | undefined,
  currency: string,
): number | undefined {
  if (!quantity || !price || !plain.test(quantity) || !plain.test(price)) return undefined;
  const product = scaled(quantity) * scaled(price) * 10n ** BigInt(decimalsOf(currency));
  const unit = 10n ** BigInt(2 * digits);
  const rounded = (product + unit / 2n) / unit;
  return rounded <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(rounded) : undefined;
}

interface Costing {
  quantity: string;
  unit_price: string;
  discount: number;
  tax: number;
}

/** What so much of a line cost with its share of discount and tax, minor units, rounded once, half up: as the server will count it. */
export function worthOf(line: Costing, quantity: string, currency: string): number {
  if (![quantity, line.quantity, line.unit_price].every((text) => plain.test(text))) return 0;
  const [part, whole] = [scaled(quantity), scaled(line.quantity)];
  if (whole === 0n) return 0;
  const unit = 10n ** BigInt(2 * digits);
  const goods = part * scaled(line.unit_price) * 10n ** BigInt(decimalsOf(currency)) * whole;
  const share = BigInt(line.tax - line.discount) * part * unit;
  const [sum, by] = [goods + share, whole * unit];
  return sum <= 0n ? 0 : Number((2n * sum + by) / (2n * by));
}

/** The tax on so much at a rate in percent, minor units, rounded once, half up: as the server will count it. */
export const taxOn = (net: number, rate: string): number =>
  net <= 0 || !plain.test(rate) ? 0 : Number((BigInt(net) * scaled(rate) + 50n * 10n ** 6n) / (100n * 10n ** 6n));

const told = (n: bigint): string => {
  const text = (n > 0n ? n : 0n).toString().padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0+$/, "") || "0";
};

/** Two quantities together, as decimal text. */
export const plus = (one: string, other: string): string => told(scaled(one) + scaled(other));

/** A quantity less others, as decimal text: "1.5"; "0" when nothing is left. */
export function less(quantity: string, ...taken: readonly string[]): string {
  return told(taken.reduce((rest, one) => rest - scaled(one), scaled(quantity)));
}

interface Counted {
  quantity: string;
  cancelled_quantity: string;
  shipped_quantity: string;
  returned_quantity: string;
  invoiced_quantity: string;
  ships: boolean;
}

/** What of a line can still be sent. */
export const toShip = (line: Counted): string =>
  line.ships ? less(line.quantity, line.cancelled_quantity, line.shipped_quantity) : "0";

/** What of a line can still be cancelled: neither sent nor back. */
export const toCancel = (line: Counted): string => {
  const gone =
    Number(line.shipped_quantity) > Number(line.returned_quantity) ? line.shipped_quantity : line.returned_quantity;
  return less(line.quantity, line.cancelled_quantity, gone);
};

/** What of a line is not invoiced yet. */
export const toInvoice = (line: Counted): string =>
  less(line.quantity, line.cancelled_quantity, line.returned_quantity, line.invoiced_quantity);

/** What of a line can still come back: of what was sent, or where we send nothing, of what was ordered. */
export const toReturn = (line: Counted): string =>
  line.ships
    ? less(line.shipped_quantity, line.returned_quantity)
    : less(line.quantity, line.cancelled_quantity, line.returned_quantity);
