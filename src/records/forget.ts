import { sql } from "kysely";
import type { Tx } from "#platform/context";

/** Records known under ids of that system, at most `limit`, oldest ids first; they may have been renamed or moved since. */
export async function knownAs(tx: Tx, object: string, system: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ record_id: string }>`
    select record_id from external_ids where object = ${object} and system = ${system} order by external_id limit ${limit}`.execute(
    tx.db,
  );
  return rows.map((r) => r.record_id);
}

/** Forgets the history of records that are deleted for good, and their ids elsewhere; acts that changed nothing else go, too. */
export async function forgetHistoryOf(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await sql<{
    set_id: string;
  }>`delete from changes where record_id = any(${ids}) returning set_id`.execute(tx.db);
  const sets = [...new Set(rows.map((r) => r.set_id))];
  await sql`delete from change_sets s where s.id = any(${sets}) and not exists (select from changes c where c.set_id = s.id)`.execute(
    tx.db,
  );
  await sql`delete from external_ids where record_id = any(${ids})`.execute(tx.db);
}
