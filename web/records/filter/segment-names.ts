import { say } from "../../kit/i18n.ts";

// Segments whose names this browser has seen: a condition holds only their ids.
const names = new Map<string, string>();

/** Keeps the names of segments for sentences. */
export function rememberSegments(segments: readonly { id: string; name: string }[]): void {
  for (const { id, name } of segments) names.set(id, name);
}

/** A segment's name; "a chosen one" while it is not known. */
export const segmentName = (id: string): string => names.get(id) ?? say("a chosen one");
