import { type DateFormat, dateFormats, monthOf, patterns } from "./date-formats.ts";
import { type Unreadable, shown } from "./problem.ts";
import { instantOf } from "./zones.ts";

export type ParsedDate = { value: Date } | { problem: Unreadable };

// Nobody alive was born before, no contract runs longer; 0001-01-01 and 9999-12-31 are placeholders.
const FIRST_YEAR = 1850;
const LAST_YEAR = 2200;
// No way of writing a date is longer.
const MAX_LENGTH = 60;

/**
 * Reads a date strictly in one format; a time without offset is local to `zone` (IANA name). The problem names
 * the format that would fit. Throws RangeError for an unknown zone. A local time that daylight saving skips
 * is moved forward, one that occurs twice is the first.
 */
export const parseDate = (text: string, format: DateFormat, zone: string): ParsedDate => {
  const trimmed = text.trim();
  const at = readDate(trimmed, format, zone);
  return at === undefined ? { problem: whyNot(trimmed, format) } : { value: new Date(at) };
};

/** The formats, likeliest first, in which a text is a real date. */
export const formatsOf = (text: string, among: readonly DateFormat[] = dateFormats): DateFormat[] =>
  among.filter((format) => fitsDate(text, format));

/** Whether a text is a real date in a format. */
export const fitsDate = (text: string, format: DateFormat): boolean =>
  readDate(text.trim(), format, "UTC") !== undefined;

/** Milliseconds since 1970, undefined when the text does not fit. */
export const readDate = (text: string, format: DateFormat, zone: string): number | undefined => {
  if (text.length > MAX_LENGTH) return undefined;
  const match = patterns.get(format)?.exec(text);
  if (!match) return undefined;
  if (format === "unix s") return plausible(Number(text) * 1_000);
  if (format === "unix ms") return plausible(Number(text));

  const { y, m, d, mon, h, min, s, ms, half, zone: offset } = match.groups ?? {};
  const year = y?.length === 2 ? century(Number(y)) : Number(y);
  const month = mon === undefined ? Number(m) : monthOf(mon);
  const hour = half === undefined ? Number(h ?? 0) : halfDay(Number(h), half);
  if (month === undefined || hour === undefined) return undefined;
  const minute = Number(min ?? 0);
  const second = Number(s ?? 0);
  if (year < FIRST_YEAR || year > LAST_YEAR || hour > 23 || minute > 59 || second > 59) return undefined;
  const local = Date.UTC(year, month - 1, Number(d), hour, minute, second, Math.floor(Number(`0.${ms ?? 0}`) * 1_000));
  const day = new Date(local);
  if (day.getUTCMonth() !== month - 1 || day.getUTCDate() !== Number(d)) return undefined;
  if (offset === undefined) return instantOf(local, zone);
  const minutes = offsetMinutes(offset);
  return minutes === undefined ? undefined : local - minutes * 60_000;
};

// Two-digit years as POSIX strptime reads them: 69 is 1969, 68 is 2068.
const century = (year: number): number => (year < 69 ? 2_000 + year : 1_900 + year);

const halfDay = (hour: number, half: string): number | undefined =>
  hour < 1 || hour > 12 ? undefined : (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);

const offsetMinutes = (offset: string): number | undefined => {
  const [, sign, hours, minutes = "0"] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
  if (sign === undefined) return 0;
  // The farthest place is +14:00.
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};

const plausible = (at: number): number | undefined => {
  const year = new Date(at).getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR ? at : undefined;
};

const whyNot = (text: string, format: DateFormat): Unreadable => {
  const other = text.length > MAX_LENGTH ? undefined : formatsOf(text)[0];
  const hint = other === undefined ? "" : `; it looks like ${other}`;
  return {
    code: other === undefined ? "not-a-date" : "other-date-format",
    message: `'${shown(text, 60)}' is not a date written as ${format}${hint}`,
  };
};
