import type { DateFormat } from "./date-formats.ts";
import { formatsOf, parseDate } from "./dates.ts";
import { type Problem, problemAt } from "./problem.ts";

export type DateConflicts = {
  format: DateFormat;
  /** Values the confirmed format fits, and those it does not. */
  fits: number;
  misfits: number;
  /** Values read although another format would read them as another day, too. */
  uncertain: number;
  /** How many of the misfits each other format would read, most first. */
  others: { format: DateFormat; count: number }[];
  /** Said when part of the column is plainly written otherwise, so that even the values that fit may be wrong. */
  warning: string | null;
};

export type DateWatch = {
  /** Reads one value in the confirmed format. */
  read: (row: number, text: string) => { value: Date } | { problem: Problem };
  /** What was seen so far. */
  conflicts: () => DateConflicts;
};

/** Reads the dates of one column in the confirmed format and notices when the file mixes two. */
export const watchDates = (column: string, format: DateFormat, zone: string): DateWatch => {
  const others = new Map<DateFormat, number>();
  const twin = twinOf(format);
  let fits = 0;
  let misfits = 0;
  let uncertain = 0;

  const read: DateWatch["read"] = (row, text) => {
    const parsed = parseDate(text, format, zone);
    if ("value" in parsed) {
      fits += 1;
      if (twin && isUncertain(text, parsed.value, twin, zone)) uncertain += 1;
      return parsed;
    }
    misfits += 1;
    for (const other of formatsOf(text)) others.set(other, (others.get(other) ?? 0) + 1);
    return { problem: problemAt(row, column, text, parsed.problem) };
  };

  const conflicts = (): DateConflicts => {
    const ranked = [...others]
      .map(([other, count]) => ({ format: other, count }))
      .sort((one, two) => two.count - one.count);
    const first = ranked[0];
    const warning =
      first && first.format === twin && uncertain > 0
        ? `column ${column}: ${first.count} of ${fits + misfits} values are written as ${first.format}, not ${format}; ${uncertain} others can be read both ways and may be wrong`
        : null;
    return { format, fits, misfits, uncertain, others: ranked, warning };
  };

  return { read, conflicts };
};

/** The same writing with day and month exchanged; null where there is none. */
const twinOf = (format: DateFormat): DateFormat | null => {
  if (/^d[/-]m[/-]/.test(format)) return format.replace(/^d(.)m/, "m$1d") as DateFormat;
  if (/^m[/-]d[/-]/.test(format)) return format.replace(/^m(.)d/, "d$1m") as DateFormat;
  return null;
};

const isUncertain = (text: string, value: Date, twin: DateFormat, zone: string): boolean => {
  const other = parseDate(text, twin, zone);
  return "value" in other && other.value.getTime() !== value.getTime();
};
