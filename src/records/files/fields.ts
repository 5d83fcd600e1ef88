import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { noteChanges } from "../changes.ts";
import type { ObjectDescription } from "../object.ts";

/*
 * Fields of one's own that name a file of their record, when that file goes. Retired fields are among them: their values may come
 * back, and must name no file by then that is gone.
 */
interface Place {
  key: string;
  retired: boolean;
  /** The file's id. */
  held: string | null;
}

async function placesOf(tx: Tx, object: ObjectDescription, record_id: string): Promise<Place[]> {
  if (!object.custom) return [];
  const { rows } = await sql<Place>`
    select f.key, f.retired_at is not null as retired, r.custom ->> f.key as held
      from custom_fields f, ${sql.table(object.table)} r where f.object = ${object.name} and f.type = 'file' and r.id = ${record_id} order by f.id`.execute(tx.db);
  return rows;
} // prettier-ignore

// What no definition can be asked about any more: the field is retired, or must hold a file where there is none.
async function putUnasked(tx: Tx, object: ObjectDescription, record_id: string, places: readonly Place[], value: string | null): Promise<void> {
  if (places.length === 0) return;
  const filled = value === null ? sql`'{}'::jsonb` : sql`${JSON.stringify(Object.fromEntries(places.map((p) => [p.key, value])))}::jsonb`;
  await sql`
    update ${sql.table(object.table)} set custom = (custom - ${places.map((p) => p.key)}::text[]) || ${filled}, updated_at = ${tx.clock()}, version = version + 1
     where id = ${record_id}`.execute(tx.db);
  const fields = Object.fromEntries(places.map((p): [string, [unknown, unknown]] => [`custom.${p.key}`, [p.held, value]]));
  await noteChanges(tx, [{ object: object.name, record_id, action: "updated", fields }]);
} // prettier-ignore

/** Empties fields of the records that name no file of theirs, or one in the trash; answers the fields' names. */
export async function dropForeignFiles(tx: Tx, object: ObjectDescription, ids: readonly string[]): Promise<string[]> {
  const dropped: string[] = [];
  for (const record_id of ids) {
    const places = (await placesOf(tx, object, record_id)).filter((p) => p.held !== null);
    if (places.length === 0) continue;
    const { rows } = await sql<{ id: string }>`
      select id from files where record_id = ${record_id} and object = ${object.name} and deleted_at is null and kept_at is not null and id::text = any(${places.map((p) => p.held)})`.execute(tx.db);
    const foreign = places.filter((p) => !rows.some((r) => r.id === p.held));
    await putUnasked(tx, object, record_id, foreign, null);
    dropped.push(...foreign.map((p) => `custom.${p.key}`));
  }
  return dropped;
} // prettier-ignore
