import { sql } from "kysely";
import { forgetSends } from "#attract/channels";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes improvements for good with everything measured and told; the segments they kept are not theirs to delete. */
export async function forgetImprovements(tx: Tx, ids: readonly string[]): Promise<void> {
  await forgetSends(tx, "improvement", ids);
  for (const table of ["announcements", "measurements", "improvement_people"])
    await sql`delete from ${sql.table(table)} where improvement_id = any(${ids})`.execute(tx.db);
  await sql`update improvements set repeats_id = null where repeats_id = any(${ids})`.execute(tx.db);
  await sql`
    delete from facts where contact_id is null and name like 'improvement.%' and payload ->> 'improvement_id' = any(${ids})`.execute(tx.db);
  await sql`delete from improvements where id = any(${ids})`.execute(tx.db);
  await forgetHistoryOf(tx, ids);
} // prettier-ignore
