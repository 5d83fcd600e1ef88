/*
 * Words we use
 *   gather   put together what the batch says about one and the same customer, so that each is met once
 *   clue     a text that only one customer has: "ext shopify 42", "mail ana@x.example"
 *   group    one customer of the batch: the record it is, if known, and the first value said for each field
 */
export interface Group<V> {
  id: string | null;
  values: V;
  externals: Map<string, { system: string; id: string }>;
  keys: string[];
  first_seen_at: Date | null;
}

export interface Gathered<V> {
  groups: Group<V>[];
  /** Finds the group one of these clues leads to, or the one that is this record. */
  find(clues: readonly (string | null)[], id?: string | null): Group<V> | undefined;
  /** Makes a group. */
  open(id: string | null, values: V): Group<V>;
  /** From now on the clue leads to the group, unless it leads to another already; answers whether it is this group's. */
  claim(clue: string | null, group: Group<V>): boolean;
}

/** An empty gathering. */
export function gathering<V>(): Gathered<V> {
  const groups: Group<V>[] = [];
  const byClue = new Map<string, Group<V>>();
  return {
    groups,
    find(clues, id) {
      for (const clue of clues) {
        const known = clue ? byClue.get(clue) : undefined;
        if (known) return known;
      }
      return id ? byClue.get(`id ${id}`) : undefined;
    },
    open(id, values) {
      const group: Group<V> = { id, values, externals: new Map(), keys: [], first_seen_at: null };
      groups.push(group);
      if (id) byClue.set(`id ${id}`, group);
      return group;
    },
    claim(clue, group) {
      if (!clue) return false;
      const holder = byClue.get(clue);
      if (!holder) byClue.set(clue, group);
      return holder === undefined || holder === group;
    },
  };
}

/** Takes over values where there is none yet. */
export function fill<V extends object>(into: V, from: Partial<V>): void {
  for (const key of Object.keys(from) as (keyof V)[]) {
    const value = from[key];
    if (value !== null && value !== undefined && (into[key] === null || into[key] === undefined)) into[key] = value;
  }
}

/** The earlier of two instants. */
export const earlier = (a: Date | null, b: Date | null | undefined): Date | null =>
  !a ? (b ?? null) : !b || a <= b ? a : b;
