import { tableSearch, type View } from "../../../records/view.ts";

/** Whose tasks: mine, everybody's open ones, or all. */
export type Whose = "mine" | "open" | "all";

/** Reads the view of the tasks, and whose they are, from search params. */
export function tasksSearch(search: Record<string, unknown>): View & { whose?: Whose } {
  const { whose } = search;
  return { ...tableSearch(search), ...(whose === "mine" || whose === "open" || whose === "all" ? { whose } : {}) };
}
