import { type Unreadable, shown } from "./problem.ts";

/** How numbers are written, by example. */
export const decimalStyles = ["1,234.56", "1.234,56", "1 234,56", "1'234.56"] as const;
export type DecimalStyle = (typeof decimalStyles)[number];

/** An exact decimal as PostgreSQL reads it, and the currency sign or code written beside it. */
export type Decimal = { value: string; unit?: string };

type Grammar = { number: RegExp; grouping: RegExp; comma: boolean };

// Groups of three, or the Indian 12,34,567; a narrow or no-break space counts as a space, ’ as an apostrophe.
const grammars: Record<DecimalStyle, Grammar> = {
  "1,234.56": {
    number: /^(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})?(?:\.\d*)?(?:e[+-]?\d{1,2})?$/i,
    grouping: /,/g,
    comma: false,
  },
  "1.234,56": {
    number: /^(?:\d+|\d{1,3}(?:\.\d{3})+)?(?:,\d*)?(?:e[+-]?\d{1,2})?$/i,
    grouping: /\./g,
    comma: true,
  },
  "1 234,56": {
    number: /^(?:\d+|\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+)?(?:,\d*)?(?:e[+-]?\d{1,2})?$/i,
    grouping: /[ \u00a0\u202f\u2009]/g,
    comma: true,
  },
  "1'234.56": {
    number: /^(?:\d+|\d{1,3}(?:['\u2019]\d{3})+)?(?:\.\d*)?(?:e[+-]?\d{1,2})?$/i,
    grouping: /['\u2019]/g,
    comma: false,
  },
};

const UNIT = /^(?:\p{Sc}|[A-Z]{3}(?![A-Za-z]))|(?:\p{Sc}|(?<![A-Za-z])[A-Z]{3})$/u;
// numeric of PostgreSQL holds far more; nothing a customer pays needs it.
const MAX_DIGITS = 60;
// No number is longer, with its grouping, signs and spaces.
const MAX_LENGTH = 200;

/**
 * Reads a number exactly, without floating point: grouping, a currency sign or code, a minus before or after,
 * and brackets for negatives. A percentage is refused, since nobody can tell whether 5 % means 5 or 0.05.
 */
export const parseDecimal = (text: string, style: DecimalStyle): Decimal | { problem: Unreadable } => {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH) return unreadable(trimmed, style);
  if (trimmed.includes("%"))
    return {
      problem: {
        code: "percent",
        message: `'${shown(trimmed, 60)}' is a percentage; write a plain number`,
      },
    };
  const { bare, unit, negative } = undress(trimmed);
  const { number, grouping, comma } = grammars[style];
  if (!/\d/.test(bare) || !number.test(bare)) return unreadable(trimmed, style);

  const [mantissa = "", exponent = "0"] = bare
    .replace(grouping, "")
    .replace(comma ? "," : /$^/, ".")
    .toLowerCase()
    .split("e");
  const plain = shift(mantissa, Number(exponent));
  if (plain.length > MAX_DIGITS)
    return {
      problem: {
        code: "number-too-long",
        message: `'${shown(trimmed, 60)}' has more than ${MAX_DIGITS} digits`,
      },
    };
  const value = negative && /[1-9]/.test(plain) ? `-${plain}` : plain;
  return unit === undefined ? { value } : { value, unit };
};

type Undressed = { bare: string; unit: string | undefined; negative: boolean };

/** Takes off brackets, one sign and one currency, in whatever order they stand: "-£5", "£-5", "(5.00 EUR)", "5-". */
const undress = (text: string): Undressed => {
  const bracketed = /^\((.*)\)$/s.exec(text)?.[1];
  let bare = (bracketed ?? text).trim();
  let signed = bracketed !== undefined;
  let negative = signed;
  let unit: string | undefined;
  for (let turn = 0; turn < 3; turn += 1) {
    const sign = signed ? undefined : /^[-+\u2212]|[-+\u2212]$/.exec(bare);
    if (sign) {
      signed = true;
      negative = sign[0] !== "+";
      bare = (sign.index === 0 ? bare.slice(1) : bare.slice(0, -1)).trim();
    }
    const currency = unit === undefined ? UNIT.exec(bare) : undefined;
    if (currency) {
      unit = currency[0];
      bare = (currency.index === 0 ? bare.slice(unit.length) : bare.slice(0, currency.index)).trim();
    }
  }
  return { bare, unit, negative };
};

/** Moves the decimal point by `places` and drops zeros that say nothing before it. */
const shift = (mantissa: string, places: number): string => {
  const [whole = "", fraction = ""] = mantissa.split(".");
  const digits = whole + fraction;
  const point = whole.length + places;
  const padded = point < 0 ? "0".repeat(-point) + digits : digits.padEnd(point, "0");
  const left = padded.slice(0, Math.max(0, point)).replace(/^0+(?=\d)/, "") || "0";
  const right = padded.slice(Math.max(0, point));
  return right === "" ? left : `${left}.${right}`;
};

const unreadable = (text: string, style: DecimalStyle): { problem: Unreadable } => {
  const other =
    text.length > MAX_LENGTH ? undefined : decimalStyles.find((one) => one !== style && fitsDecimal(text, one));
  const hint = other === undefined ? "" : `; it looks like ${other}`;
  return {
    problem: {
      code: "not-a-number",
      message: `'${shown(text, 60)}' is not a number written as ${style}${hint}`,
    },
  };
};

/** Whether a text is a number in a style. */
export const fitsDecimal = (text: string, style: DecimalStyle): boolean => {
  if (text.length > MAX_LENGTH || text.includes("%")) return false;
  const { bare } = undress(text.trim());
  return /\d/.test(bare) && grammars[style].number.test(bare);
};
