import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes the opportunities of these contacts, and those of these accounts without a contact, with their lines, spells and history. */
export async function forgetOpportunitiesOf(
  tx: Tx,
  who: { contacts: readonly string[]; accounts: readonly string[] },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    delete from opportunities where contact_id = any(${who.contacts}::uuid[]) or (account_id = any(${who.accounts}::uuid[]) and contact_id is null) returning id`.execute(
    tx.db,
  );
  await sql`update opportunities set account_id = null where account_id = any(${who.accounts}::uuid[])`.execute(tx.db);
  await forgetHistoryOf(
    tx,
    rows.map((r) => r.id),
  );
}

/** Deletes these opportunities for good; answers how many. */
export async function forgetOpportunities(tx: Tx, ids: readonly string[]): Promise<number> {
  await sql`delete from opportunities where id = any(${ids}::uuid[])`.execute(tx.db);
  await forgetHistoryOf(tx, ids);
  return ids.length;
}
