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

/** What of a line can still come back, as decimal text: "1.5". */
export function leftOf(quantity: string, returned: string): string {
  const left = scaled(quantity) - scaled(returned);
  const text = left.toString().padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0+$/, "");
}
