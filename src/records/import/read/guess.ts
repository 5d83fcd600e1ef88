import { type DateFormat, dateFormats, hasClock } from "./date-formats.ts";
import { fitsDate, readDate } from "./dates.ts";
import { decimalStyles, type DecimalStyle, fitsDecimal, parseDecimal } from "./decimals.ts";
import {
  type ColumnKind,
  looksLikeBoolean,
  looksLikeCountry,
  looksLikeCurrency,
  looksLikeEmail,
  looksLikeInteger,
  looksLikePhone,
  looksLikeUrl,
} from "./kinds.ts";

/** What a column seems to hold, for a person to confirm. */
export type ColumnGuess = {
  name: string;
  kind: ColumnKind;
  /** How numbers may be written, likeliest first; empty unless the kind is integer or decimal. */
  decimals: DecimalStyle[];
  /** How dates may be written, likeliest first; numbers that may be seconds since 1970 have some too. */
  dates: DateFormat[];
  /** Two ways of reading fit and give different values: the person has to choose. */
  ambiguous: boolean;
  /** Values, of those looked at, that the first choice does not fit. */
  misfits: number;
  blank: number;
  /** A few different values as written. */
  examples: string[];
};

// One wrong value in ten does not change what a column is; it is a problem of its row.
const MOST = 0.9;
const EXAMPLES = 5;
const TIMELY = /date|time|datum|created|updated|stamp|(?:_at|At)$/i;

/** Guesses a column from its name and the values looked at. */
export const guessColumn = (name: string, cells: readonly string[]): ColumnGuess => {
  const values = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const distinct = [...new Set(values)];
  const about = {
    name,
    blank: cells.length - values.length,
    examples: distinct.slice(0, EXAMPLES).map((value) => value.slice(0, 200)),
  };
  const plain = (kind: ColumnKind, misfits = 0): ColumnGuess => ({
    ...about,
    kind,
    decimals: [],
    dates: [],
    ambiguous: false,
    misfits,
  });
  if (values.length === 0) return plain("empty");

  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const count = (fits: (value: string) => boolean): number =>
    distinct.reduce((sum, value) => sum + (fits(value) ? (counts.get(value) ?? 0) : 0), 0);
  const enough = (fits: number): boolean => fits >= values.length * MOST;

  for (const [kind, fits] of words) {
    const fitting = count(fits);
    if (enough(fitting)) return plain(kind, values.length - fitting);
  }

  const dates = rank(dateFormats, (format) => count((value) => fitsDate(value, format)));
  const isDate = enough(
    count((value) => dates.some(({ choice }) => !choice.startsWith("unix") && fitsDate(value, choice))),
  );
  const stamped = dates[0]?.choice.startsWith("unix") === true && TIMELY.test(name) && enough(dates[0].fits);
  if (dates[0] && (isDate || stamped)) {
    const fitting = dates.filter(({ fits }) => fits === dates[0]?.fits).map(({ choice }) => choice);
    // "y-m-d h:m" reads bare days as well; where there are only days, it says nothing more.
    const best = fitting.includes("y-m-d") ? fitting.filter((one) => one !== "y-m-d h:m") : fitting;
    const first = best[0] ?? "y-m-d";
    return {
      ...about,
      kind: hasClock(first) ? "datetime" : "date",
      decimals: [],
      dates: best,
      ambiguous: differ(distinct, best, dateValue),
      misfits: values.length - dates[0].fits,
    };
  }

  const integers = count(looksLikeInteger);
  const decimals = rank(decimalStyles, (style) => count((value) => !isCode(value) && fitsDecimal(value, style)));
  if (decimals[0] && enough(decimals[0].fits)) {
    const best = decimals.filter(({ fits }) => fits === decimals[0]?.fits).map(({ choice }) => choice);
    const whole = integers === decimals[0].fits;
    const stamps = dates.filter(({ fits }) => enough(fits)).map(({ choice }) => choice);
    return {
      ...about,
      kind: whole ? "integer" : "decimal",
      decimals: best,
      dates: whole ? stamps : [],
      ambiguous: !whole && differ(distinct, best, decimalValue),
      misfits: values.length - decimals[0].fits,
    };
  }

  for (const [kind, fits] of names) {
    const fitting = count(fits);
    if (enough(fitting)) return plain(kind, values.length - fitting);
  }
  return plain("text");
};

const words: readonly (readonly [ColumnKind, (value: string) => boolean])[] = [
  ["email", looksLikeEmail],
  ["url", looksLikeUrl],
  ["boolean", looksLikeBoolean],
];
const names: readonly (readonly [ColumnKind, (value: string) => boolean])[] = [
  ["phone", looksLikePhone],
  ["currency", looksLikeCurrency],
  ["country", looksLikeCountry],
];

/** "00412" is a code whose zeros matter, "0.5" and "0" are numbers. */
const isCode = (value: string): boolean => /^0\d/.test(value) || /^\+\d{7,}$/.test(value);

const rank = <Choice>(
  choices: readonly Choice[],
  count: (choice: Choice) => number,
): { choice: Choice; fits: number }[] =>
  choices
    .map((choice) => ({ choice, fits: count(choice) }))
    .filter(({ fits }) => fits > 0)
    .sort((one, other) => other.fits - one.fits);

/** Whether some value reads differently under two of the choices. */
const differ = <Choice>(
  values: readonly string[],
  choices: readonly Choice[],
  read: (value: string, choice: Choice) => string | number | undefined,
): boolean =>
  values.some(
    (value) => new Set(choices.map((choice) => read(value, choice)).filter((one) => one !== undefined)).size > 1,
  );

const dateValue = (value: string, format: DateFormat): number | undefined => readDate(value, format, "UTC");
const decimalValue = (value: string, style: DecimalStyle): string | undefined => {
  const read = parseDecimal(value, style);
  return "value" in read ? read.value : undefined;
};
