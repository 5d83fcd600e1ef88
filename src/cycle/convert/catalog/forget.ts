import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes these products for good, with their history; lines must have let go of them before. Answers when the first was made. */
export async function forgetProducts(tx: Tx, ids: readonly string[]): Promise<Date | null> {
  const { rows } = await sql<{
    created_at: Date;
  }>`delete from products where id = any(${ids}) returning created_at`.execute(tx.db);
  await forgetHistoryOf(tx, ids);
  return rows.reduce<Date | null>((first, r) => (!first || r.created_at < first ? r.created_at : first), null);
}

/** Products that stay forget these vendors. */
export const leaveVendors = async (tx: Tx, accounts: readonly string[]): Promise<void> =>
  void (await sql`update products set vendor_id = null where vendor_id = any(${accounts})`.execute(tx.db));

/** Deletes these price lists for good, with their prices and history. */
export async function forgetPriceLists(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from price_lists where id = any(${ids})`.execute(tx.db);
  await forgetHistoryOf(tx, ids);
}
