import type { Tx } from "#platform/context";
import { mustEdit } from "../access/fields.ts";
import { aboveAccess } from "../access/scope.ts";
import { holdFiles } from "../files/hold.ts";
import type { ObjectDescription } from "../object.ts";
import type { Values } from "../registry.ts";
import { checkRelations } from "../write.ts";
import { newCustom } from "./check.ts";
import { describedFor } from "./described.ts";
import { takenOr } from "./indexes.ts";

/**
 * What a new record holds in fields of the company's own, where its module makes it by an act (an order is placed, a payment received):
 * what was said, checked by its definitions and by the role, and the presets of the rest. The files among them become those of `row`.
 */
export async function customOfNew(
  tx: Tx,
  of: ObjectDescription,
  given: Values = {},
  row?: Parameters<typeof holdFiles>[2],
): Promise<Values> {
  const object = await describedFor(aboveAccess(tx), of);
  const names = Object.keys(given);
  mustEdit(tx, object, names.map((key) => `custom.${key}`)); // prettier-ignore
  const custom = newCustom(object, given);
  if (names.length > 0) await checkRelations(tx, object, { custom });
  if (row) await holdFiles(tx, object, row, custom);
  return custom;
}

/** Writes such a record; a value of theirs that another record has already is refused at its field. */
export async function orTaken<T>(tx: Tx, of: ObjectDescription, write: () => Promise<T>): Promise<T> {
  // Nothing more is asked in a transaction that the database has given up.
  const object = await describedFor(aboveAccess(tx), of);
  try {
    return await write();
  } catch (error) {
    throw takenOr(error, object);
  }
}
