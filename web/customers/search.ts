/*
 * Words we use
 *   part   what the middle of a customer's page shows: the timeline, or the history of changes to the record
 */
export interface CustomerSearch {
  part?: "history";
  /** Facts of one stage of the cycle only. */
  stage?: string;
}

const cycle = new Set(["attract", "convert", "deliver", "engage", "grow", "learn"]);

/** Reads what a customer's page shows from the address; what is not understood is left out. */
export function customerSearch(search: Record<string, unknown>): CustomerSearch {
  const { part, stage } = search;
  return {
    ...(part === "history" ? { part } : {}),
    ...(typeof stage === "string" && cycle.has(stage) ? { stage } : {}),
  };
}
