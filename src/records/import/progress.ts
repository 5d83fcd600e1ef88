import type { Counts } from "./importer.ts";
import type { Place } from "./staging.ts";
import type { DateSigns } from "./values.ts";

/** How far an import job is; saved in the transaction of the work it tells of, so that a killed one goes on where it was. */
export interface Progress {
  phase: "stage" | "write" | "told";
  /** The last row that was read from the file. */
  row: number;
  rows: number;
  failed: number;
  staged: number;
  written: number;
  signs: DateSigns;
  carry: unknown;
  place: Place | null;
  counts: Counts;
}

const start: Progress = {
  phase: "stage", row: 0, rows: 0, failed: 0, staged: 0, written: 0, signs: { uncertain: false, other: null }, carry: null, place: null, counts: {},
}; // prettier-ignore

/** The saved progress, or that of an import that begins. */
export const progressOf = (saved: Record<string, unknown>): Progress => ({ ...start, ...saved });

/** Adds what a chunk came to. */
export function addCounts(before: Counts, more: Counts): Counts {
  const sum = { ...before };
  for (const [key, n] of Object.entries(more)) sum[key] = (sum[key] ?? 0) + n;
  return sum;
}

// Reading takes about a fifth of the time, writing the rest.
const readingShare = 0.2;

/** Rows done as people see them, over both phases. */
export const doneOf = (p: Progress): number =>
  p.phase === "stage"
    ? Math.floor(p.rows * readingShare)
    : Math.floor(p.rows * readingShare + (p.staged === 0 ? 1 : p.written / p.staged) * p.rows * (1 - readingShare));
