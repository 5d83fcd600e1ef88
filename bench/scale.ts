/** How much each bench does. */
export interface Scale {
  /** Blocks of calls that are compared, and calls in each. */
  rounds: number;
  times: number;
  /** Contacts and facts that the lifecycle consumes. */
  consumedContacts: number;
  consumedFacts: number;
  /** Rows of the imported file. */
  importedRows: number;
}

export const usual: Scale = {
  rounds: 9,
  times: 100,
  consumedContacts: 10_000,
  consumedFacts: 20_000,
  importedRows: 20_000,
};
/** Enough to see that every bench works. */
export const tiny: Scale = { rounds: 1, times: 2, consumedContacts: 20, consumedFacts: 40, importedRows: 50 };
