import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes the quotes of these customers for good: their own, and those of accounts made out to no contact. Orders must be gone before. */
export async function forgetQuotes(
  tx: Tx,
  who: { contacts: readonly string[]; accounts: readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from quotes where contact_id = any(${who.contacts}) or (account_id = any(${who.accounts}) and contact_id is null) returning id`.execute(tx.db); // prettier-ignore
  const ids = rows.map((r) => r.id);
  await forgetHistoryOf(tx, ids);
  // Quotes to people of these accounts who stay lose the account's name.
  await sql`update quotes set account_id = null where account_id = any(${who.accounts})`.execute(tx.db);
  return ids;
}

/** Unties lines from these products; what a line says in words stays. */
export const leaveProductsInQuotes = async (tx: Tx, products: readonly string[]): Promise<void> =>
  void (await sql`update quote_lines set product_id = null where product_id = any(${products})`.execute(tx.db));
