import { notFound } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import type { FactInput } from "#timeline";
import type { RecordType, Row } from "../registry.ts";

/** An object whose records can become one. */
export interface Mergeable {
  readonly type: RecordType;
  /** The fact that tells the winner's timeline of a merge or of its undoing. */
  readonly told: (act: "merged" | "unmerged", winner: Row, what: { merge_id: string; names: string[] }) => FactInput;
  /** Refuses to bring a loser back that meanwhile would stand in somebody's way. */
  readonly mayReturn?: (tx: Tx, loser: Row) => Promise<void>;
}

const known = new Map<string, Mergeable>();

/** Makes records of the object mergeable. */
export const registerMergeable = (said: Mergeable): void => void known.set(said.type.object.name, said);

/** How records of the object are merged; refused for an object whose records stay what they are. */
export function mergeable(object: string): Mergeable {
  const found = known.get(object);
  if (!found) throw notFound("kind of merge");
  return found;
}

/** Names of the objects whose records can be merged. */
export const mergeables = (): string[] => [...known.keys()];
