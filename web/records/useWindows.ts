import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useQueries } from "@tanstack/react-query";
import type { ListAnswer } from "./record.ts";

/*
 * Words we use
 *   window   a stretch of a list asked for at once, by the cursor that the one before it ended with
 *   chain    the windows of one list as far as they are known; a list has another chain for every filter and sort
 */
interface Chain<R> {
  key: string;
  cursors: (string | undefined)[];
  items: Map<number, readonly R[]>;
  total: ListAnswer["total"] | undefined;
}

export const windowSize = 100; // rows
const kept = 40; // windows: 4,000 rows around what is seen

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

const rowsOf = <R>(chain: Chain<R>): number => {
  const known = chain.cursors.length;
  const last = chain.items.get(known - 1);
  // The cursors are one ahead of the windows while there is more: one window of rows on their way at the end.
  const rows = (known - 1) * windowSize + (last ? last.length : windowSize);
  return chain.total?.exact ? Math.min(rows, Math.max(chain.total.count, (known - 1) * windowSize)) : rows;
};

/** A list of any length, asked for in windows as they are seen; old rows stay until the new ones are there. */
export function useWindows<R>(
  key: readonly unknown[],
  ask: (cursor: string | undefined, limit: number, signal: AbortSignal) => Promise<ListAnswer<R>>,
): Windows<R> {
  const name = JSON.stringify(key);
  const chain = useMemo(
    (): Chain<R> => ({ key: name, cursors: [undefined], items: new Map(), total: undefined }),
    [name],
  );
  const shown = useRef(chain);
  const [range, setRange] = useState({ from: 0, to: 0 });
  const [, redraw] = useState(0);
  const current = shown.current === chain || chain.items.has(0);

  const from = current ? range.from : 0;
  const to = current ? range.to + 1 : 0;
  const wanted = [...new Set([0, ...Array.from({ length: to - from + 1 }, (_, k) => from + k)])].filter(
    (w) => w < chain.cursors.length,
  );
  const answers = useQueries({
    queries: wanted.map((w) => ({
      queryKey: [...key, "window", chain.cursors[w] ?? "first"],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask(chain.cursors[w], windowSize, signal),
      gcTime: 30_000,
    })),
  });

  let grown = false;
  wanted.forEach((w, k) => {
    const answer = answers[k]?.data;
    if (!answer || chain.items.get(w) === answer.items) return;
    chain.items.set(w, answer.items);
    if (w === 0) chain.total = answer.total;
    const next = answer.next ?? undefined;
    if (chain.cursors[w + 1] === next) return;
    // The list has changed below here: what was known beyond is asked for again when it is seen.
    chain.cursors = next === undefined ? chain.cursors.slice(0, w + 1) : [...chain.cursors.slice(0, w + 1), next];
    for (const other of chain.items.keys()) if (next === undefined && other > w) chain.items.delete(other);
    grown = true;
  });
  for (const w of chain.items.keys()) if (w !== 0 && (w < from - kept / 2 || w > to + kept / 2)) chain.items.delete(w);
  useEffect(() => {
    if (grown) redraw((n) => n + 1);
  }, [grown, answers]);
  if (chain.items.has(0)) shown.current = chain;
  const drawn = shown.current;

  const see = useCallback((first: number, last: number) => {
    const next = { from: Math.max(0, Math.floor(first / windowSize)), to: Math.max(0, Math.floor(last / windowSize)) };
    setRange((before) => (before.from === next.from && before.to === next.to ? before : next));
  }, []);
  const rowAt = useCallback(
    (i: number) => drawn.items.get(Math.floor(i / windowSize))?.[i % windowSize],
    [drawn, answers],
  );
  const failed = answers.find((answer) => answer.isError);
  return {
    rows: rowsOf(drawn),
    rowAt,
    see,
    total: drawn.total,
    empty: !drawn.items.has(0),
    stale: drawn !== chain,
    error: failed?.error,
    retry: () => answers.forEach((answer) => answer.isError && void answer.refetch()),
  };
}
