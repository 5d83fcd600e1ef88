import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes these promotions for good, with their codes, uses and history; orders keep what was taken off. */
export async function forgetPromotions(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from promotions where id = any(${[...ids]}::uuid[])`.execute(tx.db);
  await forgetHistoryOf(tx, ids);
}

/** Takes what limits counted for these people away with them, and codes that were theirs alone. */
export async function forgetUsesOf(tx: Tx, contacts: readonly string[]): Promise<void> {
  const keys = contacts.map((id) => `contact ${id}`);
  await sql`delete from promotion_counts where key = any(${keys})`.execute(tx.db);
  await sql`update promotion_uses set customer_key = null where customer_key = any(${keys})`.execute(tx.db);
}
