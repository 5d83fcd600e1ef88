import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes the cases of these contacts for good, with their messages, clocks and history. */
export async function forgetCases(tx: Tx, contacts: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`delete from cases where contact_id = any(${contacts}) returning id`.execute(tx.db); // prettier-ignore
  await forgetHistoryOf(tx, rows.map((r) => r.id)); // prettier-ignore
}
