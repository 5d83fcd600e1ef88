/** Numbers what a merge does, in order, so that it is undone the other way round. */
export interface Journal {
  /** The merge's id. */
  readonly id: string;
  readonly next: () => number;
}

/** A journal of a merge, empty or going on after a number. */
export function journalOf(id: string, after = 0): Journal {
  let seq = after;
  return { id, next: () => ++seq };
}
