import { useCallback, useState } from "react";
import { useQueries } from "@tanstack/react-query";
import { absorb, fresh, rowOf, rowsOf, wantedOf, windowSize, type Chain, type Range } from "./chain.ts";
import type { ListAnswer } from "./record.ts";

export interface Windows<R> {
  rows: number;
  rowAt: (i: number) => R | undefined;
  see: (first: number, last: number) => void;
  total: ListAnswer["total"] | undefined;
  /** The first rows are on their way and there are no old ones to show. */
  empty: boolean;
  /** The rows are of the former filter or sort. */
  stale: boolean;
  error: unknown;
  retry: () => void;
}

const top: Range = { from: 0, to: 0 };

/** A list of any length, asked for in windows as they are seen; old rows stay until the new ones are there. */
export function useWindows<R>(
  key: readonly unknown[],
  ask: (cursor: string | undefined, limit: number, signal: AbortSignal) => Promise<ListAnswer<R>>,
): Windows<R> {
  const name = JSON.stringify(key);
  const [known, setKnown] = useState<Chain<R>>(() => fresh(name));
  const [seen, setSeen] = useState<Range>(top);
  const same = known.key === name;
  const chain = same ? known : fresh<R>(name);
  const range = same ? seen : top;
  const wanted = wantedOf(chain, range);
  const answers = useQueries({
    queries: wanted.map((w) => ({
      queryKey: [...key, "window", chain.cursors[w] ?? "first"],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask(chain.cursors[w], windowSize, signal),
      gcTime: 5000, // ms; the chain keeps the rows, the cache only what is asked now: 30 s of it were 30 MB in a long scroll
    })),
  });
  const next = absorb(chain, range, wanted.map((w, k) => [w, answers[k]?.data] as const)); // prettier-ignore
  // Taken over while drawing, so that no frame shows the rows of one list under the head of another.
  if (next !== chain && next.items.has(0)) setKnown(next);
  const drawn = next.items.has(0) ? next : known;

  const see = useCallback((first: number, last: number) => {
    const to: Range = {
      from: Math.max(0, Math.floor(first / windowSize)),
      to: Math.max(0, Math.floor(last / windowSize)),
    };
    setSeen((before) => (before.from === to.from && before.to === to.to ? before : to));
  }, []);
  return {
    rows: rowsOf(drawn),
    rowAt: (i) => rowOf(drawn, i),
    see,
    total: drawn.total,
    empty: !drawn.items.has(0),
    stale: drawn.key !== name,
    error: answers.find((answer) => answer.isError)?.error,
    retry: () => answers.forEach((answer) => answer.isError && void answer.refetch()),
  };
}
