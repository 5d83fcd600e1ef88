import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { Refused } from "#kernel/refusal";
import type { RecordType, Row, Values } from "./registry.ts";
import { lastLook } from "./access/index.ts";
import { lockRecord, restoreRecord, trashRecord, updateRecord } from "./write.ts";

/** What a person's act on a record is when it is more than saving fields: an order tells its customer, a lead must stay the only open one. */
export interface HandActs {
  readonly change?: (tx: Tx, id: string, version: number | undefined, values: Values) => Promise<unknown>;
  readonly restore?: (tx: Tx, id: string) => Promise<unknown>;
  /** Takes back what acts of its own did to the record in that change set (prices that were set, members who were put in); answers whether there was anything. */
  readonly takeBack?: (tx: Tx, done: { set_id: string; record_id: string }) => Promise<boolean>;
}

const acts = new Map<string, HandActs>();

/** Says what people's acts on an object's records are; each module whose acts are more, once. */
export const registerHandActs = (object: string, own: HandActs): void => void acts.set(object, own);

/**
 * Whether values are nothing but fields of the company's own: its notes, no part of what was agreed, paid or sent, so that they change
 * also where the rest of a record stands.
 */
export const isOnlyCustom = (values: Values): boolean =>
  values.custom !== undefined && Object.keys(values).length === 1;

/** Changes fields of a record as its own form would: with what its module does beyond saving them. Answers it as it is now. */
export async function changeByHand(
  tx: Tx,
  type: RecordType,
  id: string,
  version: number | undefined,
  values: Values,
): Promise<Row> {
  if (isOnlyCustom(values)) return updateRecord(tx, type, id, version, values);
  if (type.object.edited === false)
    throw new Refused("conflict", "record.not-edited", `${type.object.label_plural} change by acts of their own.`);
  const change = acts.get(type.object.name)?.change;
  if (!change) return updateRecord(tx, type, id, version, values);
  await change(tx, id, version, values);
  // It may have been handed to somebody else by that.
  return lockRecord(lastLook(tx, type.object), type, id, "read");
}

/** Moves a record to the trash when its object has one. */
export const trashByHand = (tx: Tx, type: RecordType, id: string): Promise<Row> => {
  if (type.object.trash === false)
    throw new Refused("conflict", "record.no-trash", `${type.object.label_plural} are not moved to the trash.`);
  return trashRecord(tx, type, id);
};

/** Takes a record out of the trash, with the checks of its module. */
export async function restoreByHand(tx: Tx, type: RecordType, id: string): Promise<void> {
  const restore = acts.get(type.object.name)?.restore;
  await (restore ? restore(tx, id) : restoreRecord(tx, type, id));
}

/** How what acts of its own did to such a record is taken back; undefined where that is done by an act again. */
export const takingBackOf = (object: string): HandActs["takeBack"] => acts.get(object)?.takeBack;

/** Does the work or, refused, none of it: what was saved before in the transaction stands either way. */
export async function orNothing<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`savepoint row`.execute(tx.db);
  try {
    const answer = await work();
    await sql`release savepoint row`.execute(tx.db);
    return answer;
  } catch (error) {
    await sql`rollback to savepoint row`.execute(tx.db);
    throw error;
  }
}
