import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes tasks, notes and calls of these customers for good; those of people who stay lose the account's name. */
export async function forgetActivitiesOf(
  tx: Tx,
  who: { contacts: readonly string[]; accounts: readonly string[] },
): Promise<void> {
  const of = sql`contact_id = any(${[...who.contacts]}) or (contact_id is null and account_id = any(${[...who.accounts]}))`;
  const { rows } = await sql<{ id: string }>`delete from tasks where ${of} returning id`.execute(tx.db);
  await forgetHistoryOf(tx, rows.map((r) => r.id)); // prettier-ignore
  for (const table of ["notes", "calls"]) await sql`delete from ${sql.table(table)} where ${of}`.execute(tx.db);
}
