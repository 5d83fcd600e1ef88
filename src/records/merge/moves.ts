import { CompiledQuery, sql } from "kysely";
import type { Tx } from "#platform/context";
import { isCustomMove, moveCustomBack } from "./custom.ts";
import { imagesOf, keepImages } from "./images.ts";
import type { Journal } from "./journal.ts";
import type { Pointer } from "./carried.ts";

const keyOf = (pointer: Pick<Pointer, "key">): readonly string[] => pointer.key ?? ["id"];
const run = async <R>(tx: Tx, text: string, params: unknown[]): Promise<R[]> =>
  (await tx.db.executeQuery<R>(CompiledQuery.raw(text, params))).rows;

/** Lets the rows that point to the loser point to the winner, and notes which. */
export async function move(tx: Tx, journal: Journal, pointer: Pointer, winner: string, loser: string): Promise<void> {
  const { table, column, when = "true", type = "uuid", unless } = pointer;
  const inTheWay = unless ? `(${unless("$1::uuid")})` : "false";
  if (unless && pointer.cleared) await clearTheWay(tx, journal, pointer, winner, loser);
  await run(
    tx,
    `with moved as (
       update "${table}" t set "${column}" = $1::uuid::${type} where t."${column}" = $2::uuid::${type} and (${when}) and not coalesce(${inTheWay}, false)
       returning jsonb_build_array(${keyOf(pointer).map((k) => `t."${k}"`).join(", ")}) as key)
     insert into merge_moves (merge_id, seq, table_name, column_name, from_id, keys, count)
     select $3::uuid, $4::int, '${table}', '${column}', $2::uuid, jsonb_agg(key), count(*) from moved having count(*) > 0`,
    [winner, loser, journal.id, journal.next()],
  ); // prettier-ignore
}

async function clearTheWay(tx: Tx, journal: Journal, pointer: Pointer, winner: string, loser: string): Promise<void> {
  const { table, column, when = "true" } = pointer;
  const ids = (await run<{ id: string }>(tx, `select t.id from "${table}" t where t."${column}" = $2::uuid and (${when}) and (${pointer.unless!("$1::uuid")})`, [winner, loser])).map((r) => r.id); // prettier-ignore
  if (ids.length === 0) return;
  const rows = { table, rows: "x.id = any($1::uuid[])", key: ["id"] };
  const before = await imagesOf(tx, rows, ids);
  await run(tx, `update "${table}" set ${pointer.cleared} where id = any($1::uuid[])`, [ids]);
  await keepImages(tx, journal, table, rows, before, await imagesOf(tx, rows, ids));
}

export interface Left {
  table: string;
  count: number;
}

/** Lets moved rows point to the losers again; rows that point elsewhere by now, or are gone, are left and counted. */
export async function moveBack(tx: Tx, merge: string, winner: string, pointers: readonly Pointer[]): Promise<Left[]> {
  const { rows: moves } = await sql<{
    table_name: string;
    column_name: string;
    from_id: string;
    keys: unknown;
    count: number;
  }>`
    select table_name, column_name, from_id, keys, count from merge_moves where merge_id = ${merge} order by seq desc`.execute(
    tx.db,
  );
  const left: Left[] = [];
  for (const m of moves) {
    if (isCustomMove(m.column_name)) {
      const back = await moveCustomBack(tx, winner, m);
      if (back < m.count) left.push({ table: m.table_name, count: m.count - back });
      continue;
    }
    const pointer = pointers.find((p) => p.table === m.table_name && p.column === m.column_name);
    if (!pointer) continue;
    const type = pointer.type ?? "uuid";
    const rows = await run(
      tx,
      `update "${pointer.table}" t set "${pointer.column}" = $1::uuid::${type}
        where t."${pointer.column}" = $2::uuid::${type} and jsonb_build_array(${keyOf(pointer).map((k) => `t."${k}"`).join(", ")}) in (select jsonb_array_elements($3::jsonb)) returning 1`,
      [m.from_id, winner, JSON.stringify(m.keys)],
    ); // prettier-ignore
    if (rows.length < m.count) left.push({ table: pointer.table, count: m.count - rows.length });
  }
  return left;
}
