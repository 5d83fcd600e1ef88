import { sql } from "kysely";
import type { Tx } from "#platform/context";

/** The reason in words, as a fact tells it. */
export async function reasonOf(tx: Tx, id: string | null): Promise<{ reason?: string }> {
  if (!id) return {};
  const { rows } = await sql<{ label: string }>`select label from reasons where id = ${id}`.execute(tx.db);
  return rows[0] ? { reason: rows[0].label } : {};
}
