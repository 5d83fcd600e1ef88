import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { differences, noteChanges } from "../changes.ts";
import type { ObjectDescription } from "../object.ts";
import type { Row } from "../registry.ts";

/** Columns an import may replace, with their types in SQL; custom fields come on top. */
export type Replaceable = Readonly<Record<string, "text" | "boolean">>;

export interface Replaced {
  row: Row;
  changed: string[];
}

/**
 * Replaces what the values say and leaves the rest, in one statement; notes old and new. Null says nothing, and a record that
 * says the same already is not touched. Answers the records that changed.
 */
export async function overwriteMany(
  tx: Tx,
  object: ObjectDescription,
  columns: Replaceable,
  wanted: readonly { id: string; values: Record<string, unknown> }[],
): Promise<Replaced[]> {
  if (wanted.length === 0) return [];
  const names = Object.keys(columns);
  const { rows: before } = await sql<Row>`
    select * from ${sql.table(object.table)} where id = any(${wanted.map((w) => w.id)}::uuid[]) and deleted_at is null order by id for update`.execute(
    tx.db,
  );
  const old = new Map(before.map((row) => [row.id, row]));
  const changing = wanted.filter((w) => old.has(w.id) && says(w.values, old.get(w.id)!, names));
  if (changing.length === 0) return [];
  const typed = names.map((c) => `"${c}" ${columns[c]}`).join(", ");
  const sets = names.map((c) => `"${c}" = coalesce(r."${c}", t."${c}")`).join(", ");
  const { rows } = await sql<Row>`
    update ${sql.table(object.table)} t set ${sql.raw(sets)}, custom = t.custom || coalesce(r.custom, '{}'), version = t.version + 1, updated_at = ${tx.clock()}
      from json_to_recordset(${JSON.stringify(changing.map((w) => ({ ...w.values, id: w.id })))}::json) as r(id uuid, ${sql.raw(typed)}, custom jsonb)
     where t.id = r.id returning t.*`.execute(tx.db);
  const replaced = rows.map((row) => ({ row, fields: differences(old.get(row.id)!, row, [...names, "custom"]) }));
  await noteChanges(
    tx,
    replaced.map(({ row, fields }) => ({ object: object.name, record_id: row.id, action: "updated", fields })),
  );
  return replaced.map(({ row, fields }) => ({ row, changed: Object.keys(fields) }));
}

function says(values: Record<string, unknown>, before: Row, names: readonly string[]): boolean {
  if (names.some((c) => values[c] !== null && values[c] !== undefined && values[c] !== before[c])) return true;
  const custom = (values.custom ?? {}) as Record<string, unknown>;
  const kept = (before.custom ?? {}) as Record<string, unknown>;
  return Object.entries(custom).some(([k, v]) => v !== kept[k]);
}
