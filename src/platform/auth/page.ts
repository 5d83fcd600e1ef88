import { z } from "zod";
import { id } from "./words.ts";

/** What lists ask for: a page of 1 to 200 rows after a cursor; ids are uuid v7, so their order is the order of time. */
export const pageInput = { limit: z.coerce.number().int().min(1).max(200).default(100), cursor: id.optional() };

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Makes the page of rows that were asked for with `limit + 1`. */
export function pageOf<T extends { id: string }>(rows: T[], limit: number): Page<T> {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
