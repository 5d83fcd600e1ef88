import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";
import type { SubjectKind } from "./stage.ts";

/** Holds these records against everybody else until the transaction ends: the lifecycle walks nobody whom we are about to delete. */
export const holdCustomers = async (tx: Tx, kind: SubjectKind, ids: readonly string[]): Promise<void> =>
  void (await sql`select 1 from ${sql.table(`${kind}s`)} where id = any(${ids}) order by id for update`.execute(tx.db));

/** Deletes contacts for good with their lifecycle and history; facts, orders and whatever else names them must be gone before. */
export async function forgetContacts(tx: Tx, ids: readonly string[]): Promise<void> {
  await forgetLifecycles(tx, ids);
  await sql`delete from contacts where id = any(${ids})`.execute(tx.db);
  await forgetHistoryOf(tx, ids);
}

/** Deletes accounts for good with their lifecycle and history; contacts who stay belong to no account then. */
export async function forgetAccounts(tx: Tx, ids: readonly string[]): Promise<void> {
  await forgetLifecycles(tx, ids);
  await sql`update contacts set account_id = null where account_id = any(${ids})`.execute(tx.db);
  await sql`delete from accounts where id = any(${ids})`.execute(tx.db);
  await forgetHistoryOf(tx, ids);
}

async function forgetLifecycles(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from lifecycle_transitions where subject_id = any(${ids})`.execute(tx.db);
  await sql`delete from lifecycle_walks where subject_id = any(${ids})`.execute(tx.db);
  await sql`delete from lifecycle_acts where subject_id = any(${ids})`.execute(tx.db);
}

/** Lets the stories of these customers be walked again from their beginning: facts they were told from are no longer there. */
export const retellFromStart = async (tx: Tx, ids: readonly string[]): Promise<void> =>
  void (await sql`
    update lifecycle_walks set walked_until = to_timestamp(0), fact_count = -1, due_at = ${tx.clock()} where subject_id = any(${ids})`.execute(
    tx.db,
  ));
