import { useCallback, useState } from "react";
import { useQueries, useQueryClient } from "@tanstack/react-query";
import type { Condition } from "#kernel/condition";
import type { DescribedObject } from "../../kit/boot.ts";
import { both } from "../filter/groups.ts";
import { recordsOf, type Rec } from "../record.ts";
import type { Column } from "./columns.ts";

export interface CardAsk {
  filter: Condition | undefined;
  q: string | undefined;
  sort: string;
}
interface Pages {
  items: readonly Rec[];
  next: string | null;
}

const pageSize = 50;

/** The records of each column, page after page by cursor as their end comes into sight. */
export function useCards(object: DescribedObject, ask: CardAsk, columns: readonly Column[]) {
  const cache = useQueryClient();
  const [pages, setPages] = useState<Readonly<Record<string, number>>>({});
  const keyOf = (column: Column, n: number) => [object.plural, "board", ask, column.filter, n] as const;
  const answers = useQueries({
    queries: columns.map((column) => {
      const n = pages[column.id] ?? 1;
      return {
        queryKey: keyOf(column, n),
        queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Pages> => {
          // The pages before are gone on with, unless something has changed since they came.
          const former = n > 1 ? cache.getQueryState<Pages>(keyOf(column, n - 1)) : undefined;
          const before = former?.isInvalidated ? undefined : former?.data;
          let { items, next } = before ?? { items: [] as readonly Rec[], next: null };
          for (let page = before ? n - 1 : 0; page < n && (page === 0 || next); page += 1) {
            const answer = await recordsOf(object.plural).list({ ...ask, filter: both(ask.filter, column.filter), limit: pageSize, cursor: page === 0 ? undefined : (next ?? undefined) }, signal); // prettier-ignore
            items = [...items, ...answer.items];
            next = answer.next;
          }
          return { items, next };
        },
        placeholderData: () => cache.getQueryData<Pages>(keyOf(column, n - 1)),
        enabled: column.count > 0,
      };
    }),
  });
  const more = useCallback((column: string) => setPages((now) => ({ ...now, [column]: (now[column] ?? 1) + 1 })), []);
  return {
    of: (i: number): readonly Rec[] => answers[i]?.data?.items ?? [],
    onEnd: (column: string): void => {
      const i = columns.findIndex((one) => one.id === column);
      const answer = answers[i];
      if (answer?.data?.next && !answer.isFetching) more(column);
    },
    pending: answers.some((answer) => answer.isLoading),
    error: answers.find((answer) => answer.isError)?.error,
  };
}
