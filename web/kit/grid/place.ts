import type { Cursor } from "./cursor.ts";

/*
 * Words we use
 *   place   where a person was in a list: the cell and how far they had scrolled, px; kept for each step of the browser's history,
 *           so that "back" finds the list as it was left, and a new visit begins at its top
 */
export interface Place {
  list: string;
  cursor: Cursor;
  top: number;
}

const places = new Map<string, Place>();
const most = 100; // steps; the oldest are forgotten

// The router gives every step of the history a key.
const step = (): string => {
  const state: unknown = history.state;
  return typeof state === "object" && state !== null && "__TSR_key" in state ? String(state.__TSR_key) : "";
};

/** Remembers where a person is in a list. */
export function keepPlace(place: Place): void {
  const key = step();
  places.delete(key);
  places.set(key, place);
  for (const old of places.keys()) if (places.size > most) places.delete(old);
}

/** Where the person was in this list at this step of the history; undefined when they come to it anew. */
export const keptPlace = (list: string): Place | undefined => {
  const place = places.get(step());
  return place?.list === list ? place : undefined;
};
