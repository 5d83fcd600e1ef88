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

/** Tables of what lies beside a record of any object, by its id. */
export const besideTables = ["comments", "followers", "notifications", "tagged", "favourites", "presence", "record_shares", "private_records", "record_visits", "external_ids"]; // prettier-ignore

/** Forgets the history of records that are deleted for good, their ids elsewhere and what lies beside them; acts that changed nothing else go, too. */
export async function forgetHistoryOf(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await sql<{
    set_id: string;
  }>`delete from changes where record_id = any(${ids}) returning set_id`.execute(tx.db);
  const sets = [...new Set(rows.map((r) => r.set_id))];
  await sql`delete from change_sets s where s.id = any(${sets}) and not exists (select from changes c where c.set_id = s.id)`.execute(
    tx.db,
  );
  // Their bytes are swept within a day.
  await sql`update files set kept_at = null, created_at = 'epoch' where record_id = any(${ids})`.execute(tx.db);
  for (const table of besideTables)
    await sql`delete from ${sql.table(table)} where record_id = any(${ids})`.execute(tx.db);
  await sql`delete from duplicate_pairs where a = any(${ids}) or b = any(${ids})`.execute(tx.db);
}
