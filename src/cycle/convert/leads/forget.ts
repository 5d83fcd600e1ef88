import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes the leads of these contacts for good, with their points and history; those of people who stay lose the account's name. */
export async function forgetLeadsOf(
  tx: Tx,
  who: { contacts: readonly string[]; accounts: readonly string[] },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`delete from leads where contact_id = any(${[...who.contacts]}) returning id`.execute(tx.db); // prettier-ignore
  await sql`update leads set account_id = null where account_id = any(${[...who.accounts]})`.execute(tx.db);
  await forgetHistoryOf(tx, rows.map((r) => r.id)); // prettier-ignore
}
