import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes insights for good, with who belonged to them; what was made of them must be gone before. */
export async function forgetInsights(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from insight_people where insight_id = any(${ids})`.execute(tx.db);
  await sql`delete from facts where contact_id is null and name = 'insight.found' and payload ->> 'insight_id' = any(${ids})`.execute(tx.db);
  await sql`delete from insights where id = any(${ids})`.execute(tx.db);
  await forgetHistoryOf(tx, ids);
} // prettier-ignore

/** Deletes themes for good, with their mentions; insights about them must be gone before. */
export async function forgetThemes(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from theme_mentions where theme_id = any(${ids})`.execute(tx.db);
  await sql`delete from proposals_put_off where theme_id = any(${ids})`.execute(tx.db);
  await sql`delete from jobs where kind = 'themes.build' and input ->> 'theme_id' = any(${ids})`.execute(tx.db);
  await sql`delete from themes where id = any(${ids})`.execute(tx.db);
  await forgetHistoryOf(tx, ids);
}
