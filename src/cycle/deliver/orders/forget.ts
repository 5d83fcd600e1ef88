import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Orders of these contacts, and those these accounts placed without a contact; locked until the transaction ends. */
export async function ordersOf(
  tx: Tx,
  who: { contacts: readonly string[]; accounts: readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from orders where contact_id = any(${who.contacts}) or (account_id = any(${who.accounts}) and contact_id is null) order by id for update`.execute(
    tx.db,
  );
  return rows.map((r) => r.id);
}

/** Deletes these orders and the returns of these customers for good, with their lines and history; payments must be gone before. */
export async function forgetOrders(
  tx: Tx,
  ids: readonly string[],
  who: { contacts: readonly string[]; accounts: readonly string[] },
): Promise<void> {
  const { rows: returns } = await sql<{ id: string }>`
    delete from returns where order_id = any(${ids}) or contact_id = any(${who.contacts}) or (account_id = any(${who.accounts}) and contact_id is null) returning id`.execute(
    tx.db,
  );
  await sql`update return_lines set order_line_id = null where order_line_id in (select id from order_lines where order_id = any(${ids}))`.execute(
    tx.db,
  );
  await sql`delete from orders where id = any(${ids})`.execute(tx.db);
  await forgetHistoryOf(tx, [...ids, ...returns.map((r) => r.id)]);
}

/** Takes the name of these accounts off orders and returns of people who stay. */
export async function leaveAccounts(tx: Tx, accounts: readonly string[]): Promise<void> {
  await sql`update orders set account_id = null where account_id = any(${accounts})`.execute(tx.db);
  await sql`update returns set account_id = null where account_id = any(${accounts})`.execute(tx.db);
}

/** Unties lines from these products; what a line says in words stays. */
export async function leaveProducts(tx: Tx, products: readonly string[]): Promise<void> {
  await sql`update order_lines set product_id = null where product_id = any(${products})`.execute(tx.db);
  await sql`update return_lines set product_id = null where product_id = any(${products})`.execute(tx.db);
}
