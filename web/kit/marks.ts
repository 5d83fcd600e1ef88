import { useSyncExternalStore } from "react";
import type { LiveEvents } from "./live.ts";

/*
 * Words we use
 *   mark   what somebody else changed on a record just now: shown for a few seconds, with their name
 */
export interface Mark {
  fields: readonly string[];
  by: string;
  at: number;
}

const lastsMs = 8_000;
let marks: ReadonlyMap<string, Mark> = new Map();
const listeners = new Set<() => void>();
const change = (to: ReadonlyMap<string, Mark>): void => {
  marks = to;
  for (const listener of listeners) listener();
};

/** Marks what a colleague changed, and takes the marks away again. */
export function mark({ ids, fields, by }: LiveEvents["change"]): void {
  const at = Date.now();
  change(new Map([...marks, ...ids.map((id): [string, Mark] => [id, { fields: [...new Set([...(marks.get(id)?.fields ?? []), ...fields])], by: by.name, at }])])); // prettier-ignore
  setTimeout(() => change(new Map([...marks].filter(([, one]) => one.at + lastsMs > Date.now()))), lastsMs + 50);
}

/** What was changed on the record just now by somebody else. */
export const useMark = (id: string): Mark | undefined =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => marks.get(id)); // prettier-ignore
