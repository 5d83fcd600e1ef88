import { sql } from "kysely";
import type { Tx } from "#platform/context";

/** Deletes the mails of these sources for good, with what is known of who read them. */
export async function forgetSends(tx: Tx, source: string, ids: readonly string[]): Promise<void> {
  await sql`delete from send_pauses where source = ${source} and source_id = any(${ids})`.execute(tx.db);
  await sql`delete from sends where source = ${source} and source_id = any(${ids})`.execute(tx.db);
}

/** Deletes what is known of the addresses of these contacts, before they are deleted themselves; their mails go with them. */
export const forgetAddresses = async (tx: Tx, contacts: readonly string[]): Promise<void> =>
  void (await sql`
    delete from suppressions where address in (select lower(email) from contacts where id = any(${contacts}) and email is not null)`.execute(
    tx.db,
  ));
