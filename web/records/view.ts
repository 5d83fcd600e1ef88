import { textOfValue } from "../kit/text.ts";
import type { Condition } from "#kernel/condition";

/*
 * Words we use
 *   view   what a table shows: its filter, sort, quick search and columns; all of it is in the address, so a view is a URL
 */
export interface View {
  filter?: Condition;
  sort?: string;
  q?: string;
  cols?: string[];
}

const isCondition = (value: unknown): value is Condition =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads a view from search params; what is not understood is left out (the server judges the condition itself). */
export function tableSearch(search: Record<string, unknown>): View {
  const { filter, sort, q, cols } = search;
  return {
    ...(isCondition(filter) ? { filter } : {}),
    ...(typeof sort === "string" && /^-?[a-z][a-z0-9_.]{0,80}$/.test(sort) ? { sort } : {}),
    ...(q !== undefined && textOfValue(q) !== "" ? { q: textOfValue(q).slice(0, 200) } : {}),
    ...(Array.isArray(cols) ? { cols: cols.filter((c): c is string => typeof c === "string").slice(0, 60) } : {}),
  };
}
