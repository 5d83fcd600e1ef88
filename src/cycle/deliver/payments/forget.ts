import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes the payments and refunds of these orders for good, with their history. */
export async function forgetPaymentsOf(tx: Tx, orders: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`delete from payments where order_id = any(${orders}) returning id`.execute(
    tx.db,
  );
  await forgetHistoryOf(
    tx,
    rows.map((r) => r.id),
  );
}

/** Takes the name of these accounts off payments of people who stay. */
export const leaveAccounts = async (tx: Tx, accounts: readonly string[]): Promise<void> =>
  void (await sql`update payments set account_id = null where account_id = any(${accounts})`.execute(tx.db));
