import { CompiledQuery, sql } from "kysely";
import type { Tx } from "#platform/context";
import { isOwn, ownPrefix, ownTable } from "../custom/own.ts";
import { recordTypes } from "../registry.ts";
import type { Journal } from "./journal.ts";

/*
 * Custom relations point to records by ids in their rows' `custom`: a merge lets those that name the loser name the winner, also of
 * fields that are retired, whose values may come back. What a record says of itself stays as it was.
 *
 * Words we use
 *   met   a list that named the winner already: the loser only leaves it, and the undo puts it back where it stood
 */
interface Link {
  table: string;
  key: string;
  many: boolean;
}

const run = async <R>(tx: Tx, text: string, params: unknown[]): Promise<R[]> =>
  (await tx.db.executeQuery<R>(CompiledQuery.raw(text, params))).rows;

/** The custom fields, one or many, that point to the object. */
async function linksTo(tx: Tx, object: string): Promise<Link[]> {
  const { rows } = await sql<{ object: string; key: string; type: string }>`
    select object, key, type from custom_fields where to_object = ${object} and type in ('relation', 'relations') order by id`.execute(tx.db);
  return rows.flatMap((f) => {
    const table = isOwn(f.object) ? ownTable(f.object.slice(ownPrefix.length)) : recordTypes().find((t) => t.object.name === f.object)?.object.table;
    return table ? [{ table, key: f.key, many: f.type === "relations" }] : [];
  });
} // prettier-ignore

// $1 winner, $2 loser, $3 merge, $4 number, $5 key; as text, for they stand in jsonb.
const note = (table: string, column: string): string => `
  insert into merge_moves (merge_id, seq, table_name, column_name, from_id, keys, count)
  select $3::uuid, $4::int, '${table}', '${column}', $2::uuid, jsonb_agg(key), count(*) from moved having count(*) > 0`;

/** Lets custom relations that name the loser name the winner, and notes which. */
export async function moveCustom(tx: Tx, journal: Journal, object: string, winner: string, loser: string): Promise<void> {
  for (const { table, key, many } of await linksTo(tx, object)) {
    const params = (): unknown[] => [winner, loser, journal.id, journal.next(), key];
    const others = "t.id not in ($1::uuid, $2::uuid)";
    if (!many) {
      await run(tx, `with moved as (
          update "${table}" t set custom = jsonb_set(custom, array[$5::text], to_jsonb($1::text)) where custom ->> $5::text = $2::text and ${others}
          returning to_jsonb(t.id) as key) ${note(table, `custom.${key}`)}`, params());
      continue;
    }
    await run(tx, `with moved as (
        update "${table}" t set custom = jsonb_set(custom, array[$5::text], (custom -> $5::text) - $2::text) from (
          select o.id, (select n - 1 from jsonb_array_elements_text(o.custom -> $5::text) with ordinality as e(one, n) where one = $2::text limit 1) as place
            from "${table}" o where o.custom -> $5::text ? $2::text and o.custom -> $5::text ? $1::text for update) w
         where t.id = w.id and ${others} returning jsonb_build_object('id', t.id, 'at', w.place) as key) ${note(table, `met.${key}`)}`, params());
    await run(tx, `with moved as (
        update "${table}" t set custom = jsonb_set(custom, array[$5::text],
          (select jsonb_agg(case when one = $2::text then $1::text else one end order by n) from jsonb_array_elements_text(custom -> $5::text) with ordinality as e(one, n)))
         where custom -> $5::text ? $2::text and ${others} returning to_jsonb(t.id) as key) ${note(table, `custom.${key}`)}`, params());
  }
} // prettier-ignore

export interface CustomMove {
  table_name: string;
  column_name: string;
  from_id: string;
  keys: unknown;
}

/** Whether a noted move is one of custom relations. */
export const isCustomMove = (column: string): boolean => /^(custom|met)\./.test(column);

/** Lets custom relations name the loser again; answers how many could be put back: those that name somebody else by now stay so. */
export async function moveCustomBack(tx: Tx, winner: string, move: CustomMove): Promise<number> {
  const [, kind = "", key = ""] = /^(custom|met)\.(.*)$/.exec(move.column_name) ?? [];
  const params = [winner, move.from_id, key, JSON.stringify(move.keys)];
  // Only a table this merge wrote down itself, and only while it still is one.
  const table = `"${move.table_name.replaceAll('"', "")}"`;
  if (kind === "met")
    return (await run(tx, `
      update ${table} t set custom = jsonb_insert(custom, array[$3::text, (k ->> 'at')], to_jsonb($2::text))
        from jsonb_array_elements($4::jsonb) k where t.id = (k ->> 'id')::uuid and custom -> $3::text ? $1::text and not custom -> $3::text ? $2::text returning 1`, params)).length;
  return (await run(tx, `
    update ${table} t set custom = jsonb_set(custom, array[$3::text], case when jsonb_typeof(custom -> $3::text) = 'array'
           then (select jsonb_agg(case when one = $1::text then $2::text else one end order by n) from jsonb_array_elements_text(custom -> $3::text) with ordinality as e(one, n))
           else to_jsonb($2::text) end)
     where t.id in (select (k #>> '{}')::uuid from jsonb_array_elements($4::jsonb) k)
       and (custom ->> $3::text = $1::text or (jsonb_typeof(custom -> $3::text) = 'array' and custom -> $3::text ? $1::text)) returning 1`, params)).length;
} // prettier-ignore
