import type { ReactNode } from "react";

/** A column of a grid. Widths in px. */
export interface Column<R> {
  key: string;
  label: string;
  width: number;
  /** Figures stand at the end of the cell. */
  end?: boolean;
  sortable?: boolean;
  /** The definition of a number, one hover away. */
  help?: string;
  /** Its cells cannot be edited; unsaid in a table that is not edited at all. */
  readonly?: boolean;
  cell: (row: R) => ReactNode;
}

export const narrowest = 64;
export const widest = 720;

/** The keys with `key` moved by some places; it stops at the ends. */
export function moved(keys: readonly string[], key: string, by: number): string[] {
  const from = keys.indexOf(key);
  if (from < 0) return [...keys];
  const rest = keys.filter((k) => k !== key);
  rest.splice(Math.max(0, Math.min(rest.length, from + by)), 0, key);
  return rest;
}

/** The sort after a press on a column: descending, ascending, then the list's own order. */
export const nextSort = (sort: string | undefined, key: string): string | undefined =>
  sort === `-${key}` ? key : sort === key ? undefined : `-${key}`;

/** How a column is sorted, in ARIA's words. */
export const ariaSort = (sort: string | undefined, key: string): "ascending" | "descending" | "none" =>
  sort === key ? "ascending" : sort === `-${key}` ? "descending" : "none";
