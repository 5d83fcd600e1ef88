import { shift, type Span } from "../period.ts";
import type { FieldLeaf, FieldOp, Scalar } from "./condition.ts";

/*
 * What a field leaf means. The SQL evaluator is built from the same words (fold, momentOf, rangeOf, opposites) and held equal by a property test.
 *
 *   empty      absent, null and "" are empty: is_empty is true, is_not, not_in and not_contains are true, everything else is false
 *   negatives  is_not, not_in, not_contains and is_set are the exact opposites of is, in, contains and is_empty
 *   text       is, in, contains, starts_with and ends_with ignore case (fold), not accents; an empty text in the condition matches nothing
 *   numbers    compare as numbers, never as text; money is given in minor units; a number never equals a text
 *   times      "YYYY-MM-DD" is the whole UTC day, an ISO instant is its millisecond; a date field is midnight UTC of its day.
 *              lt and gte compare with the start of that day or millisecond, gt and lte with its end: "until 31 January" includes the 31st
 *   spans      within_last: after now - span and not after now; older_than: before now - span; within_next: after now and not after now + span
 *   lists      is and in hold when one entry of the list does; entries that are lists themselves do not count
 *   kinds      values of different kinds never match
 */

/** A half-open stretch of milliseconds since 1970: from included, until excluded; -Infinity and Infinity are open ends. */
export interface Range {
  from: number;
  until: number;
}

/** The operators that are the exact opposite of another one. */
export const opposites: Partial<Record<FieldOp, FieldOp>> = {
  is_not: "is",
  not_in: "in",
  not_contains: "contains",
  is_set: "is_empty",
};

/**
 * Text without its case: Unicode's full lower casing in the root locale, which is ICU's `lower(x collate "und-x-icu")`, never the server's locale.
 * Letters that Unicode added after the server's ICU was made keep their case there (ICU 60, in the embedded PostgreSQL, knows Unicode 10 of 2017).
 */
export const fold = (text: string): string => text.toLowerCase();

const clock = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])";
const leap = "([12][0-9](0[48]|[2468][048]|[13579][26])|(1[26]|2[048])00)-02-29";
const day = `([12][0-9]{3}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)|${leap})`;
/** Days that exist, years 1000 to 2999: one pattern for JavaScript and PostgreSQL, so that neither meets a date that it alone accepts. */
export const dayPattern = `^${day}$`;
/** ISO instants with an offset and at most microseconds. */
export const instantPattern = `^${day}T${clock}$`;
const dayRegExp = new RegExp(dayPattern);
const instantRegExp = new RegExp(instantPattern);
const dayMs = 86_400_000;

/** Whether a text names an existing day, "YYYY-MM-DD". */
export const isDay = (text: unknown): text is string => typeof text === "string" && dayRegExp.test(text);

/** The stretch of time that a Date, a day or an ISO instant names; null when it names none. */
export function momentOf(value: unknown): Range | null {
  if (value instanceof Date) {
    const ms = value.getTime();
    return Number.isNaN(ms) ? null : { from: ms, until: ms + 1 };
  }
  if (typeof value !== "string") return null;
  if (dayRegExp.test(value)) {
    const ms = Date.parse(value);
    return { from: ms, until: ms + dayMs };
  }
  if (!instantRegExp.test(value)) return null;
  const ms = Date.parse(value);
  return { from: ms, until: ms + 1 };
}

const spanOf = (value: FieldLeaf["value"]): Span | null =>
  typeof value === "object" && !Array.isArray(value) ? value : null;

/** The stretch of time in which a date or an instant makes the leaf true; null when it never does. */
export function rangeOf(op: FieldOp, value: FieldLeaf["value"], now: Date): Range | null {
  if (op === "within_last" || op === "older_than" || op === "within_next") {
    const span = spanOf(value);
    if (span === null) return null;
    const edge = shift(now, span, op === "within_next" ? 1 : -1).getTime();
    if (op === "older_than") return { from: -Infinity, until: edge };
    return op === "within_last"
      ? { from: edge + 1, until: now.getTime() + 1 }
      : { from: now.getTime() + 1, until: edge + 1 };
  }
  if (op === "between") {
    if (!Array.isArray(value) || value.length !== 2) return null;
    const [first, last] = [momentOf(value[0]), momentOf(value[1])];
    return first && last && { from: first.from, until: last.until };
  }
  const at = momentOf(value);
  if (at === null) return null;
  if (op === "is") return at;
  if (op === "lt") return { from: -Infinity, until: at.from };
  if (op === "lte") return { from: -Infinity, until: at.until };
  if (op === "gt") return { from: at.until, until: Infinity };
  return op === "gte" ? { from: at.from, until: Infinity } : null;
}

const inside = (at: Range | null, range: Range | null): boolean =>
  at !== null && range !== null && at.from >= range.from && at.from < range.until;

/** Absent, null and "" are empty. */
export const isEmpty = (seen: unknown): boolean => seen === undefined || seen === null || seen === "";

function same(seen: unknown, value: Scalar, now: Date): boolean {
  if (Array.isArray(seen)) return seen.some((entry) => !Array.isArray(entry) && same(entry, value, now));
  if (seen instanceof Date) return inside(momentOf(seen), rangeOf("is", value, now));
  if (typeof seen === "string") return typeof value === "string" && fold(seen) === fold(value);
  return seen === value;
}

function compares(op: FieldOp, seen: number, value: FieldLeaf["value"]): boolean {
  if (op === "between") {
    if (!Array.isArray(value) || value.length !== 2) return false;
    const [low, high] = value;
    return typeof low === "number" && typeof high === "number" && seen >= low && seen <= high;
  }
  if (typeof value !== "number") return false;
  if (op === "lt") return seen < value;
  if (op === "lte") return seen <= value;
  return op === "gt" ? seen > value : op === "gte" && seen >= value;
}

function textHolds(op: FieldOp, seen: unknown, value: FieldLeaf["value"]): boolean {
  if (typeof seen !== "string" || typeof value !== "string" || value === "") return false;
  const [text, part] = [fold(seen), fold(value)];
  if (op === "contains") return text.includes(part);
  return op === "starts_with" ? text.startsWith(part) : text.endsWith(part);
}

/** Whether a field holding `seen` makes the leaf true at `now`. */
export function fieldHolds(leaf: FieldLeaf, seen: unknown, now: Date): boolean {
  const positive = opposites[leaf.op];
  if (positive) return !fieldHolds({ ...leaf, op: positive }, seen, now);
  if (leaf.op === "is_empty") return isEmpty(seen);
  if (isEmpty(seen)) return false;
  const { op, value } = leaf;
  if (op === "is") return value !== undefined && typeof value !== "object" && same(seen, value, now);
  if (op === "in") return Array.isArray(value) && value.some((v) => same(seen, v, now));
  if (op === "contains" || op === "starts_with" || op === "ends_with") return textHolds(op, seen, value);
  return typeof seen === "number" ? compares(op, seen, value) : inside(momentOf(seen), rangeOf(op, value, now));
}
