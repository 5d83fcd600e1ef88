import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import type { QueryClient } from "@tanstack/react-query";
import { boot, loadBoot } from "./boot.ts";
import { mark } from "./marks.ts";

/*
 * Words we use
 *   live event   something that happened elsewhere and reaches this browser as it happens: a fact, a job's progress
 *   connection   "open" while events arrive, "lost" when the server or the network is away, "idle" before the first use
 */
export interface Job {
  id: string;
  kind: string;
  title: string;
  state: string;
  done: number;
  total: number | null;
  failed: number;
  reason: string | null;
  created_by?: string | null;
  result?: Record<string, unknown> | null;
}
export interface LiveEvents {
  fact: {
    id: string;
    name: string;
    contact_id: string | null;
    account_id: string | null;
    sentence: string;
  };
  job: Job;
  /** What the signed-in person may see or do is not what it was. */
  access: Record<string, never>;
  /** Somebody changed records of an object; `many` when there were more than are named. */
  change: { object: string; ids: string[]; many: boolean; fields: string[]; by: { id: string | null; name: string } };
  /** Who is at a record that is open here. */
  presence: { record_id: string; people: { id: string; name: string; editing: boolean }[] };
  /** Somebody told the signed-in person something. */
  notification: { id: string; kind: string; title: string; text: string; path: string; by_name: string };
}
type Kind = keyof LiveEvents;
type Listener = { [K in Kind]: { kind: K; hear: (event: LiveEvents[K]) => void } }[Kind];

// An import changes thousands of records a second; the screen asks again at most this often, in milliseconds.
const pace = 1000;
const listeners = new Set<Listener>();
const watchers = new Set<() => void>();
let connection: "idle" | "open" | "lost" = "idle";

const became = (state: typeof connection): void => {
  connection = state;
  for (const watcher of watchers) watcher();
};

/** Hears live events of one kind while a component is on screen. */
export function useLive<K extends Kind>(kind: K, hear: (event: LiveEvents[K]) => void): void {
  const told = useEffectEvent(hear);
  useEffect(() => {
    const listener = { kind, hear: (event: LiveEvents[K]) => told(event) } as Listener;
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, [kind]);
}

/** Hears live events of one kind outside of any component. Gives back how to stop. */
export function hearLive<K extends Kind>(kind: K, hear: (event: LiveEvents[K]) => void): () => void {
  const listener = { kind, hear } as unknown as Listener;
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

const waiting = new WeakMap<QueryClient, Map<string, readonly unknown[]>>();

/** Has what is on screen asked again because of something heard: at once, and while more is heard at most once a second. */
export function askAgain(cache: QueryClient, ...keys: readonly (readonly unknown[])[]): void {
  const later = waiting.get(cache);
  if (later) {
    for (const key of keys) later.set(JSON.stringify(key), key);
    return;
  }
  for (const queryKey of keys) void cache.invalidateQueries({ queryKey });
  const heard = new Map<string, readonly unknown[]>();
  waiting.set(cache, heard);
  setTimeout(() => {
    waiting.delete(cache);
    if (heard.size > 0) askAgain(cache, ...heard.values());
  }, pace);
}

/** The state of the live connection. */
export const useConnection = (): typeof connection =>
  useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, () => connection); // prettier-ignore

const hand = (kind: Kind, text: string): void => {
  let event: LiveEvents[Kind];
  try {
    event = JSON.parse(text);
  } catch {
    return; // half a line of a broken connection; the next event comes whole
  }
  for (const listener of listeners) if (listener.kind === kind) (listener.hear as (e: typeof event) => void)(event);
};

// What is paid or given back changes the order it belongs to.
const alsoChanges: Readonly<Record<string, string>> = { payment: "order", return: "order" };

/** The objects, by plural, whose records a fact tells of: its customer, and what its noun names ("order.placed"). */
export function touchedBy(
  { name, contact_id, account_id }: Pick<LiveEvents["fact"], "name" | "contact_id" | "account_id">,
  pluralOf: (object: string) => string | undefined,
): string[] {
  const noun = name.split(".")[0] ?? "";
  const objects = [noun, alsoChanges[noun] ?? "", contact_id ? "contact" : "", account_id ? "account" : ""];
  return [...new Set(objects.flatMap((object) => pluralOf(object) ?? []))];
}

/** What shows the records of a change: lists and pages of the object, and what lies beside each of them. */
export const touchedKeys = (
  { object, ids, many, fields }: LiveEvents["change"],
  pluralOf: (object: string) => string | undefined,
): (readonly unknown[])[] => [
  ...[pluralOf(object) ?? object].map((plural) => [plural]),
  ...ids.map((id) => ["history", id]),
  ...(fields.includes("tags") ? (many ? [["record-tags"]] : ids.flatMap((id) => [["record-tags", id], ["beside", id]])) : []), // prettier-ignore
];

/**
 * Opens the stream of live events and keeps the cache true: query keys that start with an object's plural are asked again when a fact
 * tells that one of its records changed, ["timeline", id] when a fact about that customer is recorded. Gives back how to close it.
 */
export function listenLive(cache: QueryClient, pluralOf: (object: string) => string | undefined): () => void {
  const stale = new Map<string, readonly unknown[]>();
  let clock: ReturnType<typeof setTimeout> | undefined;
  const refresh = (key: readonly unknown[]): void => {
    stale.set(JSON.stringify(key), key);
    clock ??= setTimeout(() => {
      clock = undefined;
      for (const queryKey of stale.values()) void cache.invalidateQueries({ queryKey });
      stale.clear();
    }, pace);
  };
  const source = new EventSource("/api/v1/live");
  const own: Listener[] = [
    { kind: "fact", hear: (fact) => touchedBy(fact, pluralOf).forEach((plural) => refresh([plural])) },
    {
      kind: "fact",
      hear: ({ contact_id, account_id }) => [contact_id, account_id].forEach((id) => id && refresh(["timeline", id])),
    },
    { kind: "fact", hear: () => refresh(["cycle"]) },
    {
      kind: "access",
      // What is on screen may be theirs no more: it goes before it is asked for again, and the menu is drawn from what is left.
      hear: () => {
        cache.removeQueries({ type: "inactive" });
        void loadBoot()
          .catch(() => undefined)
          .then(() => cache.resetQueries());
      },
    },
    {
      kind: "change",
      hear: (change) => {
        for (const key of touchedKeys(change, pluralOf)) refresh(key);
        if (change.by.id !== boot().me?.id) mark(change);
      },
    },
  ];
  for (const listener of own) listeners.add(listener);
  source.onopen = () => {
    // What happened while we were away is not repeated by the stream.
    if (connection === "lost") void cache.invalidateQueries();
    became("open");
  };
  source.onerror = () => became("lost");
  for (const kind of ["fact", "job", "change", "presence", "notification", "access"] as const)
    source.addEventListener(kind, (event) => hand(kind, String(event.data)));
  return () => {
    source.close();
    clearTimeout(clock);
    for (const listener of own) listeners.delete(listener);
    became("idle");
  };
}
