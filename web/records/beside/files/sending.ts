import { useSyncExternalStore } from "react";
import type { QueryClient } from "@tanstack/react-query";
import { say } from "../../../kit/i18n.ts";
import type { Here } from "../../../kit/here.ts";
import { isProblem, sentenceOf } from "../../../kit/problem.ts";
import { sendFile } from "../../../kit/send-file.ts";
import { done } from "../../../kit/undo.ts";
import { files, type KeptFile } from "./told.ts";

/*
 * Words we use
 *   underway   a file on its way to the server, or refused by it; it goes on when the person looks at another record
 */
export interface Underway {
  id: number;
  record_id: string;
  name: string;
  /** 0..1 */
  share: number;
  failed: string;
  cancel: () => void;
}

let underway: readonly Underway[] = [];
let next = 1;
const listeners = new Set<() => void>();
const change = (to: readonly Underway[]): void => {
  underway = to;
  for (const listener of listeners) listener();
};
const update = (id: number, more: Partial<Underway>): void =>
  change(underway.map((one) => (one.id === id ? { ...one, ...more } : one)));

/** Takes a refused file off the list. */
export const dismissUnderway = (id: number): void => change(underway.filter((one) => one.id !== id));

/** What is on its way to the record. */
export const useUnderway = (record_id: string): readonly Underway[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => underway,
  ).filter((one) => one.record_id === record_id);

// Two at a time: more would slow each other and everything else on the line.
const atOnce = 2;
let waiting: (() => Promise<void>)[] = [];
let running = 0;
const run = async (): Promise<void> => {
  const work = running < atOnce ? waiting.shift() : undefined;
  if (!work) return;
  running++;
  await work();
  running--;
  void run();
};

/** Sends files to a record, one after the other; each can be taken back when it is there. */
export function addFiles(cache: QueryClient, { object, record_id }: Here, chosen: readonly File[]): void {
  const again = () =>
    Promise.all(["files", "beside"].map((key) => cache.invalidateQueries({ queryKey: [key, record_id] })));
  for (const file of chosen) {
    const id = next++;
    let cancelled = false;
    const one: Underway = { id, record_id, name: file.name, share: 0, failed: "", cancel: () => ((cancelled = true), dismissUnderway(id)) }; // prettier-ignore
    change([...underway, one]);
    waiting.push(async () => {
      if (cancelled) return;
      const broken = say(
        "The connection was lost while the file was sent, or the file is larger than the server takes.",
      );
      const sent = sendFile<KeptFile>("/files", file, { object, record_id }, (share) => update(id, { share }), broken);
      update(id, { cancel: sent.cancel });
      try {
        const kept = await sent.answer;
        dismissUnderway(id);
        await again();
        done(say("{file} added", { file: kept.name }), () => files().trash({ id: kept.id }).then(again));
      } catch (thrown) {
        if (isProblem(thrown) && thrown.code === "cancelled") dismissUnderway(id);
        else update(id, { failed: sentenceOf(thrown) });
      }
    });
    void run();
  }
}
