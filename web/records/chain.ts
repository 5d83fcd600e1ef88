import type { ListAnswer } from "./record.ts";

/*
 * Words we use
 *   window   a stretch of a list asked for at once, by the cursor that the one before it ended with
 *   chain    the windows of one list as far as they are known; a list has another chain for every filter and sort
 */
export interface Chain<R> {
  key: string;
  /** The cursor each window begins with; one more than the windows known while there is more to come. */
  cursors: readonly (string | undefined)[];
  items: ReadonlyMap<number, readonly R[]>;
  total: ListAnswer["total"] | undefined;
}
export interface Range {
  from: number;
  to: number;
}

export const windowSize = 100; // rows
const kept = 20; // windows to either side of what is seen: 4,000 rows in all

/** A chain of which nothing is known yet. */
export const fresh = <R>(key: string): Chain<R> => ({ key, cursors: [undefined], items: new Map(), total: undefined });

/** The windows to ask for: the first, those in sight and the one after, as far as their cursors are known. */
export function wantedOf<R>(chain: Chain<R>, { from, to }: Range): number[] {
  const sight = Array.from({ length: to + 2 - from }, (_, k) => from + k);
  return [...new Set([0, ...sight])].filter((w) => w < chain.cursors.length);
}

/** The chain with answers taken in and far windows let go; the same object when nothing is new. */
export function absorb<R>(
  chain: Chain<R>,
  range: Range,
  answers: readonly (readonly [number, ListAnswer<R> | undefined])[],
): Chain<R> {
  const news = answers.filter(([w, answer]) => answer && chain.items.get(w) !== answer.items);
  if (news.length === 0) return chain;
  const items = new Map(chain.items);
  let { cursors, total } = chain;
  for (const [w, answer] of news) {
    if (!answer || w >= cursors.length) continue;
    items.set(w, answer.items);
    if (w === 0) total = answer.total;
    const next = answer.next ?? undefined;
    if (w + 1 < cursors.length && cursors[w + 1] === next) continue;
    // The list has changed below here: what is beyond is asked for again, its old rows stay until then.
    cursors = next === undefined ? cursors.slice(0, w + 1) : [...cursors.slice(0, w + 1), next];
    if (next === undefined) for (const other of items.keys()) if (other > w) items.delete(other);
  }
  for (const w of items.keys()) if (w !== 0 && (w < range.from - kept || w > range.to + kept)) items.delete(w);
  return { key: chain.key, cursors, items, total };
}

/** How many rows can be scrolled to: those known, and a window on its way when there is more. */
export function rowsOf<R>({ cursors, items, total }: Chain<R>): number {
  const last = items.get(cursors.length - 1);
  const before = (cursors.length - 1) * windowSize;
  const rows = before + (last ? last.length : windowSize);
  return total?.exact && !last ? Math.min(rows, Math.max(total.count, before)) : rows;
}

/** The row at a place, if it is here. */
export const rowOf = <R>(chain: Chain<R>, i: number): R | undefined =>
  chain.items.get(Math.floor(i / windowSize))?.[i % windowSize];
