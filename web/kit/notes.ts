import { useSyncExternalStore } from "react";

/*
 * Words we use
 *   note   a short message at the bottom of the screen that goes away by itself
 */
export interface Note {
  id: number;
  sentence: string;
  tone: "plain" | "bad";
  undo?: () => void;
  /** Leads to what it is about; such a note stays until it was followed or taken away. */
  open?: () => void;
}

let notes: readonly Note[] = [];
let next = 1;
const listeners = new Set<() => void>();
const change = (to: readonly Note[]): void => {
  notes = to;
  for (const listener of listeners) listener();
};

/** Tells the person something; at most three notes stand at a time. Gives back the note's id. */
export function tell(
  sentence: string,
  more: { tone?: Note["tone"]; undo?: () => void; open?: () => void } = {},
): number {
  const note: Note = {
    id: next++,
    sentence,
    tone: more.tone ?? "plain",
    ...(more.undo ? { undo: more.undo } : {}),
    ...(more.open ? { open: more.open } : {}),
  };
  change([...notes, note].slice(-3));
  return note.id;
}

/** Takes a note away. */
export const dismiss = (id: number): void => change(notes.filter((note) => note.id !== id));

/** The notes on screen. */
export const useNotes = (): readonly Note[] =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => notes); // prettier-ignore
