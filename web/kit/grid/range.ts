import type { Cursor } from "./cursor.ts";

/** A rectangle of cells, first and last row and column. */
export interface Range {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** The rectangle between two cells; cells only, neither the header nor the selection column. */
export const rangeOf = (a: Cursor, b: Cursor): Range => ({
  top: Math.max(0, Math.min(a.row, b.row)),
  bottom: Math.max(0, a.row, b.row),
  left: Math.max(1, Math.min(a.col, b.col)),
  right: Math.max(1, a.col, b.col),
});
