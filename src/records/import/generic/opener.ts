import type { Tx } from "#platform/context";
import type { Field, ObjectDescription } from "../../object.ts";
import type { Values } from "../../registry.ts";

/** How a module makes a record whose making is an act of its own: a case starts its clocks, a lead goes to whose turn it is. */
export interface Opener {
  /** Fields a file may say beside the object's own, or instead of one of them. */
  readonly fields?: readonly Field[];
  /** Makes the record of one row; answers its id. Refused in words, as by hand. */
  readonly open: (tx: Tx, values: Values, file: string) => Promise<string>;
}

const openers = new Map<string, Opener>();

/** Makes such an object importable; each module registers its own, once. */
export const registerOpener = (object: string, opener: Opener): void => void openers.set(object, opener);
export const openerOf = (object: string): Opener | undefined => openers.get(object);

/** The object as files may speak of it. */
export function spokenOf(object: ObjectDescription): ObjectDescription {
  const more = openers.get(object.name)?.fields ?? [];
  const own = object.fields.filter((f) => !more.some((m) => m.name === f.name));
  return more.length === 0 ? object : { ...object, fields: [...own, ...more] };
}
