import type { Kind } from "../timeline/faces.ts";

/*
 * Words we use
 *   part   what the middle of a customer's page shows: the timeline, or the history of changes to the record
 */
export interface CustomerSearch {
  part?: "history";
  /** Facts of one kind only. */
  kind?: Kind;
}

const kinds: readonly Kind[] = ["orders", "cases", "conversations", "feedback", "campaigns", "lifecycle", "details"];

/** Reads what a customer's page shows from the address; what is not understood is left out. */
export function customerSearch(search: Record<string, unknown>): CustomerSearch {
  const { part } = search;
  const kind = kinds.find((one) => one === search["kind"]);
  return {
    ...(part === "history" ? { part } : {}),
    ...(kind ? { kind } : {}),
  };
}
