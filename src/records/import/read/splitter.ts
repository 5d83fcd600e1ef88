import type { RawRow } from "./format.ts";

/** Longest cell, in characters. */
export const MAX_CELL = 1_000_000;
/** Longest row, in characters. */
export const MAX_RECORD = 4_000_000;

export type Splitter = {
  /** Takes more text and gives the rows that are complete now. Refuses what never ends, naming the row. */
  push: (text: string, last: boolean) => RawRow[];
  /** Where the splitter stands: the row it is in and the number of the column. */
  place: () => { row: number; column: number };
};
