import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import type { QueryClient } from "@tanstack/react-query";

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
  ];
  for (const listener of own) listeners.add(listener);
  source.onopen = () => {
    // What happened while we were away is not repeated by the stream.
    if (connection === "lost") void cache.invalidateQueries();
    became("open");
  };
  source.onerror = () => became("lost");
  for (const kind of ["fact", "job"] as const) source.addEventListener(kind, (event) => hand(kind, String(event.data)));
  return () => {
    source.close();
    clearTimeout(clock);
    for (const listener of own) listeners.delete(listener);
    became("idle");
  };
}
