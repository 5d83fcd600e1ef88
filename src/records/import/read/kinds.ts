import { parseBoolean } from "./booleans.ts";
import { patterns } from "./date-formats.ts";
import { formatsOf } from "./dates.ts";
import { decimalStyles, fitsDecimal } from "./decimals.ts";

const columnKinds = [
  "integer",
  "decimal",
  "date",
  "datetime",
  "boolean",
  "email",
  "phone",
  "url",
  "currency",
  "country",
  "text",
  "empty",
] as const;
export type ColumnKind = (typeof columnKinds)[number];

const EMAIL = /^[^\s@<>,;]{1,64}@[^\s@<>,;.]+(?:\.[^\s@<>,;.]+)+$/;
const URL = /^(?:https?:\/\/|www\.)[^\s]+\.[^\s]+$/i;
const PHONE = /^(?:\+|00|0|\()[\d\s()./-]{6,24}$/;

export const looksLikeEmail = (text: string): boolean => text.length <= 254 && EMAIL.test(text);
export const looksLikeUrl = (text: string): boolean => text.length <= 2_000 && URL.test(text);

/** A number one can call: it says so with a plus, a leading zero or brackets, and has 7 to 15 digits (E.164). */
export const looksLikePhone = (text: string): boolean => {
  const digits = text.replace(/\D/g, "").length;
  return PHONE.test(text) && digits >= 7 && digits <= 15;
};

/** A whole number; a leading zero makes it a code such as a postcode or customer number, not a quantity. */
export const looksLikeInteger = (text: string): boolean => /^[-+\u2212]?(?:0|[1-9]\d{0,17})$/.test(text);

/** Yes or no in words; a column of ones and zeros is a number until a person says otherwise. */
export const looksLikeBoolean = (text: string): boolean =>
  /^\p{L}{2,}$|^[yn]$/iu.test(text) && "value" in parseBoolean(text);

const currencies = new Set(Intl.supportedValuesOf("currency"));
export const looksLikeCurrency = (text: string): boolean => currencies.has(text);

const aliases = [
  "uk",
  "usa",
  "eire",
  "rsa",
  "channel islands",
  "england",
  "scotland",
  "wales",
  "holland",
  "czech republic",
  "turkey",
  "great britain",
  "united states of america",
];
const countries = new Set(aliases);
const regionName = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
const LETTERS = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
for (const first of LETTERS)
  for (const second of LETTERS) {
    const name = regionName.of(first + second);
    if (name === undefined) continue;
    countries.add((first + second).toLowerCase());
    countries.add(name.toLowerCase());
  }
export const looksLikeCountry = (text: string): boolean =>
  (text.length === 2 ? text === text.toUpperCase() : true) && countries.has(text.toLowerCase());

/** Whether a text is plainly a value and not a name: a number, date, e-mail address or web address. */
export const looksTyped = (text: string): boolean => {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > 2_000) return false;
  if (looksLikeEmail(trimmed) || looksLikeUrl(trimmed)) return true;
  // "EUR" or "Q1" names a column; a number or date has a digit and little else.
  if (!/\d/.test(trimmed) || trimmed.length > 60) return false;
  return (
    decimalStyles.some((style) => fitsDecimal(trimmed, style)) ||
    looksLikePhone(trimmed) ||
    ([...patterns.values()].some((pattern) => pattern.test(trimmed)) && formatsOf(trimmed).length > 0)
  );
};
