import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes the invoices and credit notes of these orders for good, with their history. */
export async function forgetInvoicesOf(tx: Tx, orders: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`delete from invoices where order_id = any(${orders}) returning id`.execute(tx.db); // prettier-ignore
  await forgetHistoryOf(tx, rows.map((r) => r.id)); // prettier-ignore
}

/** Takes these accounts off invoices to people who stay. */
export const leaveAccounts = async (tx: Tx, accounts: readonly string[]): Promise<void> =>
  void (await sql`update invoices set account_id = null where account_id = any(${accounts})`.execute(tx.db));
