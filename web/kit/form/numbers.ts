import { decimalsOf, locale } from "../format.ts";

/** The sign between whole and broken part in a locale: "." or ",". */
export const decimalSign = (tag: string = locale()): string =>
  new Intl.NumberFormat(tag).formatToParts(1.5).find((part) => part.type === "decimal")?.value ?? ".";

/** Reads a number as people of the locale write it ("1.234,5" in German); undefined when it is none, or could mean two things. */
export function readNumber(text: string, tag: string = locale()): number | undefined {
  const sign = decimalSign(tag);
  const other = sign === "," ? "." : ",";
  const bare = text.replace(/[\s\u00a0\u202f'’]/g, "");
  // Group signs stand before the decimal sign and part three digits each; one that does not is a decimal sign by mistake.
  const grouped = new RegExp(`^[-+]?\\d{1,3}(?:\\${other}\\d{3})+(?:\\${sign}\\d*)?$`).test(bare);
  const plain = grouped ? bare.replaceAll(other, "") : bare;
  if (!new RegExp(`^[-+]?(?:\\d+(?:\\${sign}\\d*)?|\\${sign}\\d+)$`).test(plain)) return undefined;
  const value = Number(plain.replace(sign, "."));
  return Number.isFinite(value) ? value : undefined;
}

/** Writes a number for editing: no groups, the locale's decimal sign. */
export const writeNumber = (value: number, tag: string = locale()): string =>
  new Intl.NumberFormat(tag, { useGrouping: false, maximumFractionDigits: 10 }).format(value);

/** Minor units of an amount typed in major units; undefined when it is no number or beyond 2^53. */
export function readMoney(text: string, currency: string, tag: string = locale()): number | undefined {
  const major = readNumber(text, tag);
  if (major === undefined) return undefined;
  const minor = Math.round(Number(`${major}e${decimalsOf(currency)}`));
  return Number.isSafeInteger(minor) ? minor : undefined;
}

/** Minor units written in major units for editing: 123450 EUR is "1234.50". */
export const writeMoney = (minor: number, currency: string, tag: string = locale()): string => {
  const digits = decimalsOf(currency);
  return new Intl.NumberFormat(tag, {
    useGrouping: false,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(minor / 10 ** digits);
};
