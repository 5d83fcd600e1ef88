import { tableSearch, type View } from "../../../records/view.ts";

/** Which leads: those to answer first, the open ones, or all. */
export type Which = "answer" | "open" | "all";

/** Reads the view of the leads from search params. */
export function leadsSearch(search: Record<string, unknown>): View & { which?: Which } {
  const { which } = search;
  return { ...tableSearch(search), ...(which === "answer" || which === "open" || which === "all" ? { which } : {}) };
}
