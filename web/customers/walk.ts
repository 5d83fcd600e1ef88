import { useEffect, useSyncExternalStore } from "react";
import type { QueryClient } from "@tanstack/react-query";
import { total } from "../kit/format.ts";
import { recordsOf, type ListAnswer, type ListAsk } from "../records/record.ts";

/*
 * Words we use
 *   walk   the list a person came from, kept in its order, so that J and K go through it on the records' own pages ("7 of 143")
 */
export interface Walk {
  plural: string;
  ask: ListAsk;
  /** What the list is called: a saved view, or the segment it shows. */
  name?: string | undefined;
  ids: readonly string[];
  next: string | null;
  total: ListAnswer["total"] | null;
}

const place = "rondo.walk";
const longest = 5000; // records
const step = 200; // records asked for when a walk goes on

const isWalk = (value: unknown): value is Walk =>
  typeof value === "object" && value !== null && "ids" in value && Array.isArray(value.ids) && "plural" in value;

const kept = (): Walk | undefined => {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(place) ?? "null");
    return isWalk(found) ? found : undefined;
  } catch {
    return undefined;
  }
};

let walk: Walk | undefined;
let read = false;
const listeners = new Set<() => void>();
const current = (): Walk | undefined => {
  if (!read) [walk, read] = [kept(), true];
  return walk;
};
const change = (to: Walk): void => {
  [walk, read] = [to, true];
  try {
    sessionStorage.setItem(place, JSON.stringify(to));
  } catch {
    // A full storage only means that a reload forgets the list.
  }
  for (const listener of listeners) listener();
};

/** The chain of windows from the first one on, as far as it is known without asking. */
export function chainOf(windowAt: (cursor: string) => ListAnswer | undefined): Pick<Walk, "ids" | "next" | "total"> {
  const ids: string[] = [];
  let cursor: string | null = "first";
  let said: ListAnswer["total"] | null = null;
  while (cursor && ids.length < longest) {
    const window: ListAnswer | undefined = windowAt(cursor);
    if (!window) break;
    said ??= window.total;
    ids.push(...window.items.map((item) => item.id));
    cursor = window.next;
  }
  return { ids, next: cursor === "first" ? null : cursor, total: said };
}

/** The segment whose members a filter shows, when it asks for nothing else. */
export function segmentAsked(filter: unknown): string | undefined {
  if (typeof filter !== "object" || filter === null) return undefined;
  if ("all" in filter && Array.isArray(filter.all) && filter.all.length === 1) return segmentAsked(filter.all[0]);
  return "segment" in filter && typeof filter.segment === "string" && "is" in filter && filter.is === true
    ? filter.segment
    : undefined;
}

/** Keeps the list that is on screen, from what the cache holds of it. */
export function rememberWalk(cache: QueryClient, plural: string, ask: ListAsk, name?: string): void {
  const chain = chainOf((cursor) => cache.getQueryData<ListAnswer>([plural, "list", ask, "window", cursor]));
  if (chain.ids.length > 0) change({ plural, ask, name, ...chain });
}

const goOn = async (at: Walk): Promise<Walk> => {
  if (!at.next || at.ids.length >= longest) return at;
  const page = await recordsOf(at.plural).list({ ...at.ask, limit: step, cursor: at.next });
  const known = new Set(at.ids);
  const fresh = page.items.map((item) => item.id).filter((id) => !known.has(id));
  return { ...at, ids: [...at.ids, ...fresh], next: page.next };
};

export interface WalkPlace {
  /** "7 of 143" as its two parts. */
  index: number;
  total: string;
  /** What the list is called, where it has a name. */
  list: string | undefined;
  former: string | undefined;
  following: string | undefined;
}

/** Where a record stands in the list the person came from; undefined when it does not stand there. */
export function useWalk(plural: string, id: string): WalkPlace | undefined {
  const now = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current); // prettier-ignore
  const index = now?.plural === plural ? now.ids.indexOf(id) : -1;
  const nearEnd = now !== undefined && index >= 0 && index >= now.ids.length - 2 && now.next !== null;
  useEffect(() => {
    if (!now || !nearEnd) return;
    let gone = false;
    void goOn(now).then(
      (further) => !gone && further !== now && change(further),
      () => undefined, // offline: the walk ends here until the next step
    );
    return () => void (gone = true);
  }, [now, nearEnd]);
  if (!now || index < 0) return undefined;
  return {
    index,
    total: now.total ? total(now.total) : String(now.ids.length),
    list: now.name,
    former: now.ids[index - 1],
    following: now.ids[index + 1],
  };
}
