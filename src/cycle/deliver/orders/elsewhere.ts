import { sql } from "kysely";
import type { Tx } from "#platform/context";
import type { Elsewhere } from "./bulk.ts";

interface Named {
  id: string;
  external?: Elsewhere | null;
}

/**
 * Ties records to their ids elsewhere before they are written; answers whose id elsewhere was taken already, with the record
 * that has it. A second importer waits here for the first one's commit, so none is written twice.
 */
export async function claim(tx: Tx, object: "order" | "return", items: readonly Named[]): Promise<Map<string, string>> {
  const rows = items.flatMap((i) =>
    i.external ? [{ id: i.id, system: i.external.system, external_id: i.external.id }] : [],
  );
  if (rows.length === 0) return new Map();
  const { rows: won } = await sql<{ record_id: string }>`
    insert into external_ids (object, system, external_id, record_id)
    select ${object}, r.system, r.external_id, r.id from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, system text, external_id text)
     order by r.system, r.external_id
        on conflict do nothing returning record_id`.execute(tx.db);
  const mine = new Set(won.map((w) => w.record_id));
  const lost = rows.filter((r) => !mine.has(r.id));
  if (lost.length === 0) return new Map();
  const { rows: taken } = await sql<{ id: string; record_id: string }>`
    select r.id, e.record_id from json_to_recordset(${JSON.stringify(lost)}::json) as r(id uuid, system text, external_id text)
      join external_ids e on e.object = ${object} and e.system = r.system and e.external_id = r.external_id`.execute(
    tx.db,
  );
  return new Map(taken.map((t) => [t.id, t.record_id]));
}

/** Which of these ids elsewhere are orders here. */
export async function ordersKnown(tx: Tx, system: string, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ external_id: string }>`
    select external_id from external_ids where object = 'order' and system = ${system} and external_id = any(${[...ids]})`.execute(tx.db);
  return new Set(rows.map((r) => r.external_id));
} // prettier-ignore

/** Gives the claims of records back that were not written after all. */
export async function unclaim(tx: Tx, object: "order" | "return", ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await sql`delete from external_ids where object = ${object} and record_id = any(${[...ids]}::uuid[])`.execute(
      tx.db,
    );
}
