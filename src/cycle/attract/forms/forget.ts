import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes forms for good, with their wordings, submissions and history. */
export async function forgetForms(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from forms where id = any(${ids})`.execute(tx.db);
  await forgetHistoryOf(tx, ids);
}
