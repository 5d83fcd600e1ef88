import type { FactInput } from "#timeline";
import type { Tx } from "#platform/context";
import type { ObjectDescription } from "./object.ts";

/** A record as it lies in its table. */
export type Row = Record<string, unknown> & { id: string; version: number };
export type Values = Record<string, unknown>;
export type Act = "created" | "updated" | "trashed" | "restored";

/** An object together with what its module adds to the generic commands. */
export interface RecordType {
  readonly object: ObjectDescription;
  /** Normalises and checks the values before they are saved; `before` is null for a new record. May add column values. */
  readonly prepare?: (tx: Tx, values: Values, before: Row | null) => Promise<Values>;
  /** Work of the module in the same transaction after the record was saved. */
  readonly saved?: (tx: Tx, act: Act, row: Row, changed: readonly string[]) => Promise<void>;
  /** The fact that tells of the act; null when there is nothing to tell. */
  readonly tell: (act: Act, row: Row, changed: readonly string[]) => FactInput | null;
}

const types = new Map<string, RecordType>();

/** Makes the object known to lists, search and imports; each module registers its own, once. */
export function registerRecordType(type: RecordType): RecordType {
  types.set(type.object.name, type);
  return type;
}

/** All objects in the order they were registered. */
export const recordTypes = (): RecordType[] => [...types.values()];

/** The object of that name; throws when no module registered it, which is a mistake in a description. */
export function recordType(name: string): RecordType {
  const type = types.get(name);
  if (!type) throw new TypeError(`no module describes the object "${name}"`);
  return type;
}

/** The description of that object. */
export const objectNamed = (name: string): ObjectDescription => recordType(name).object;

const fromFields = new Set<string>();
/** Says that a record of this object is made from its own fields alone, by a form, a program or a file. */
export const madeFromFields = (object: ObjectDescription): void => void fromFields.add(object.name);
export const isMadeFromFields = (object: ObjectDescription): boolean => fromFields.has(object.name);
