import type { ObjectDescription } from "../object.ts";
import type { Row } from "../registry.ts";
import { searchFold } from "../search/text.ts";

/*
 * Words we use
 *   rule        why two records may be one: the same telephone number, names alike within one company
 *   likeness    of two names, from 0 to 1; a rule's threshold is the least that it asks for
 *   pair        two records that a rule found to be alike, waiting for somebody to decide
 *   keys        texts that two records must share one of to be compared at all; an index on them finds those in a million
 */
export interface Rule {
  readonly name: string;
  readonly label: string;
  /** The least likeness of the names, unless the company said otherwise. */
  readonly threshold: number;
  /** How sure it is by itself, from 0 to 1; the likeness of the names is added for what is missing. */
  readonly weight: number;
  /** Whether the two share what the rule is about. */
  readonly shares: (a: Row, b: Row) => boolean;
}

export interface Alike {
  readonly object: ObjectDescription;
  readonly rules: readonly Rule[];
  /** The keys of rows under the alias, as SQL, exactly as the index has them. */
  readonly keys: (alias: string) => string;
  /** The columns the keys and rules read. */
  readonly columns: readonly string[];
  /** Values typed into a form as the columns the keys read. */
  readonly prepared: (
    values: Record<string, unknown>,
    workspace: { locale: string; time_zone: string },
  ) => Record<string, unknown>;
  /** Which of two records stays unless somebody chooses: the better known one. */
  readonly better: (a: Row, b: Row) => string;
}

const known = new Map<string, Alike>();

/** Makes duplicates of the object be looked for. */
export const registerAlike = (said: Alike): void => void known.set(said.object.name, said);
/** All objects whose duplicates are looked for. */
export const alikes = (): Alike[] => [...known.values()];
/** How duplicates of the object are found, or undefined when they are not. */
export const alikeOf = (object: string): Alike | undefined => known.get(object);

const forms = new Set(
  "gmbh ag kg ohg ug co ltd limited llc inc corp plc sa sas sarl srl spa bv nv ab oy as mbh ev und and the".split(" "),
);
const read = (name: string): readonly string[] => searchFold(name).split(/\s+/).filter((w) => w !== "" && !forms.has(w)).sort(); // prettier-ignore
// One name is compared with a hundred others: its words are read once.
const lately = new Map<string, readonly string[]>();
function words(name: string): readonly string[] {
  const known = lately.get(name);
  if (known) return known;
  if (lately.size >= 500) lately.clear();
  const found = read(name);
  lately.set(name, found);
  return found;
}

/** How alike two names are, whatever the order of their words: 1 is the same. An initial stands for a word it begins. */
export function likeness(a: string, b: string): number {
  const [few, many] = [words(a), words(b)].sort((x, y) => x.length - y.length) as [
    readonly string[],
    readonly string[],
  ];
  if (few.length === 0) return 0;
  const left = [...many];
  let sum = 0;
  for (const word of few) {
    let best = 0;
    let at = -1;
    for (const [i, other] of left.entries()) {
      const same = sameness(word, other);
      if (same > best) [best, at] = [same, i];
    }
    if (at >= 0) left.splice(at, 1);
    sum += best;
  }
  // A second given name that only one of them tells takes a little away, not a word's worth.
  return Math.max(0, sum / few.length - 0.05 * left.length - (few.length === 1 && many.length > 1 ? 0.2 : 0));
}

function sameness(a: string, b: string): number {
  if (a === b) return 1;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length === 1) return long.startsWith(short) ? 0.8 : 0;
  return 1 - distance(a, b) / long.length;
}

function distance(a: string, b: string): number {
  let [older, old]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      let least = Math.min(old[j]! + 1, row[j - 1]! + 1, old[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, older[j - 2]! + 1);
      row.push(least);
    }
    [older, old] = [old, row];
  }
  return old[b.length]!;
}
