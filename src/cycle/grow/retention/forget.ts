import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes these plays for good, with their runs and history. */
export async function forgetPlays(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from play_runs where play_id = any(${ids})`.execute(tx.db);
  await sql`delete from plays where id = any(${ids})`.execute(tx.db);
  await forgetHistoryOf(tx, ids);
}
