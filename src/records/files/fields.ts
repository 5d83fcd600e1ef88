import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { changeSet, noteChanges } from "../changes.ts";
import { typeNamed } from "../custom/described.ts";
import type { RecordRef } from "../named.ts";
import type { ObjectDescription } from "../object.ts";
import { updateRecord } from "../write.ts";

/*
 * Fields of one's own that name a file of their record, when that file goes and comes back. Retired fields are among them: their
 * values may come back, and must name no file by then that is gone.
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

/** Empties the fields of its record that hold the file; answers the change set that did, null when none held it. Refused where one must hold a file. */
export async function leaveFields(tx: Tx, ref: RecordRef, id: string): Promise<string | null> {
  const type = await typeNamed(tx, ref.object);
  const held = type ? (await placesOf(tx, type.object, ref.record_id)).filter((p) => p.held === id) : [];
  await put(tx, ref, held, null);
  return held.length > 0 ? changeSet(tx) : null;
}

/** Puts the file back into the fields that the change set took it out of, where nobody changed them since. */
export async function returnToFields(tx: Tx, ref: RecordRef, id: string, left: string | null): Promise<void> {
  const type = left === null ? undefined : await typeNamed(tx, ref.object);
  if (!type) return;
  const back: Place[] = [];
  for (const place of (await placesOf(tx, type.object, ref.record_id)).filter((p) => p.held === null)) {
    const name = `custom.${place.key}`;
    const { rows } = await sql<{ set_id: string; change: [unknown, unknown] }>`
      select set_id, fields -> ${name} as change from changes where record_id = ${ref.record_id} and object = ${ref.object} and fields ? ${name}
       order by set_id desc limit 1`.execute(tx.db);
    if (rows[0]?.set_id === left && rows[0]?.change[0] === id) back.push(place);
  }
  await put(tx, ref, back, id);
} // prettier-ignore

async function put(tx: Tx, ref: RecordRef, places: readonly Place[], value: string | null): Promise<void> {
  const type = await typeNamed(tx, ref.object);
  const live = places.filter((p) => !p.retired);
  if (type && live.length > 0)
    await updateRecord(tx, type, ref.record_id, undefined, { custom: Object.fromEntries(live.map((p) => [p.key, value])) }); // prettier-ignore
  if (type) await putUnasked(tx, type.object, ref.record_id, places.filter((p) => p.retired), value); // prettier-ignore
}

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
