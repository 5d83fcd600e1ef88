import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { changeSet } from "../changes.ts";

/** How many records of that object this transaction created so far. */
export async function madeHere(tx: Tx, object: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from changes where set_id = ${await changeSet(tx)} and object = ${object} and action = 'created'`.execute(
    tx.db,
  );
  return rows[0]!.n;
}
