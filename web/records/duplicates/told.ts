import { request } from "../../kit/client.ts";

export interface Pair {
  a: string;
  b: string;
  rule: string;
  why: string;
  score: number;
  winner: string;
  titles: [string, string];
}
export interface RuleTold {
  rule: string;
  label: string;
  active: boolean;
  threshold: number;
  version: number;
}
export interface Queue {
  items: Pair[];
  counts: { rule: string; count: number }[];
  rules: RuleTold[];
}
interface Merged {
  id: string;
  winner_id: string;
}

export type Likeness =
  | { id: string; title: string; subtitle: string | null; score: number; hidden?: undefined }
  | { hidden: true; owner: string | null; score: number };

/** What can be asked about duplicates of an object, by its plural. */
export const duplicatesOf = (plural: string) => {
  const at: `/${string}` = `/${plural.replaceAll("_", "-")}`;
  return {
    queue: (signal?: AbortSignal) => request<Queue>(`GET ${at}/duplicates`, { limit: 50 }, signal),
    dismiss: ({ a, b }: Pair) => request<void>(`POST ${at}/duplicates/dismiss`, { a, b }),
    reopen: ({ a, b }: Pair) => request<void>(`POST ${at}/duplicates/reopen`, { a, b }),
    find: () => request<{ job_id: string }>(`POST ${at}/duplicates/find`),
    mergeAll: (rule: string) => request<{ job_id: string }>(`POST ${at}/duplicates/merge`, { rule }),
    unmergeAll: (job_id: string) => request<{ job_id: string }>(`POST ${at}/duplicates/unmerge`, { job_id }),
    change: ({ rule, active, threshold, version }: RuleTold) =>
      request<void>(`PUT ${at}/duplicates/rules/{rule}`, { rule, active, threshold, version }),
    merge: (id: string, losers: string[], choices: Record<string, string>) =>
      request<Merged>(`POST ${at}/{id}/merge`, { id, losers, choices }),
    undo: (merge: Merged) =>
      request<{ kept: string[] }>(`POST ${at}/{id}/merges/{merge_id}/undo`, {
        id: merge.winner_id,
        merge_id: merge.id,
      }),
    likeness: (values: Record<string, unknown>, signal?: AbortSignal) =>
      request<{ items: Likeness[] }>(`POST ${at}/likeness`, { values }, signal),
  };
};
