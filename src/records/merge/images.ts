import { CompiledQuery, sql } from "kysely";
import type { Tx } from "#platform/context";
import type { Journal } from "./journal.ts";

/** Rows x of a table that belong to the records $1, as SQL, and the table's primary key. */
export interface Rows {
  readonly table: string;
  readonly rows: string;
  readonly key: readonly string[];
}
export type Image = Record<string, unknown>;

/** The rows as they are now, by their key. */
export async function imagesOf(
  tx: Tx,
  { table, rows, key }: Rows,
  ids: readonly string[],
): Promise<Map<string, Image>> {
  const text = `select to_jsonb(x) as image from "${table}" x where ${rows}`;
  const found = await tx.db.executeQuery<{ image: Image }>(CompiledQuery.raw(text, [ids]));
  return new Map(found.rows.map(({ image }) => [JSON.stringify(key.map((k) => image[k])), image]));
}

/** Keeps what differs between two looks at a table. */
export async function keepImages(
  tx: Tx,
  journal: Journal,
  what: string,
  { table }: Rows,
  before: ReadonlyMap<string, Image>,
  after: ReadonlyMap<string, Image>,
): Promise<void> {
  const kept = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key) ?? null, after.get(key) ?? null];
    return JSON.stringify(was) === JSON.stringify(is)
      ? []
      : [{ seq: journal.next(), key: JSON.parse(key) as unknown, before: was, after: is }];
  });
  if (kept.length === 0) return;
  await sql`
    insert into merge_images (merge_id, seq, what, table_name, key, before, after)
    select ${journal.id}::uuid, r.seq, ${what}, ${table}, r.key, r.before, r.after
      from json_to_recordset(${JSON.stringify(kept)}::json) as r(seq int, key jsonb, before jsonb, after jsonb)`.execute(
    tx.db,
  );
}

interface Kept {
  what: string;
  table_name: string;
  key: unknown[];
  before: Image | null;
  after: Image | null;
}

/**
 * Puts rows back as they were before the merge. What belongs together (a ledger and its sums) is put back together or, when any of
 * it changed since, not at all; answers what was left.
 */
export async function putBack(tx: Tx, merge: string, keyOf: (table: string) => readonly string[]): Promise<string[]> {
  const { rows } = await sql<Kept>`
    select what, table_name, key, before, after from merge_images where merge_id = ${merge} order by seq`.execute(
    tx.db,
  );
  const left: string[] = [];
  for (const [what, images] of Map.groupBy(rows, (r) => r.what)) {
    const same = await Promise.all(images.map((i) => unchanged(tx, i, keyOf(i.table_name))));
    if (same.includes(false)) {
      left.push(what);
      continue;
    }
    for (const i of images) if (i.before && !i.after) await insert(tx, i, i.before);
    for (const i of images) if (i.before && i.after) await update(tx, i, i.before, keyOf(i.table_name));
    for (const i of images.toReversed()) if (!i.before) await remove(tx, i, keyOf(i.table_name));
  }
  return left;
}

const matches = (key: readonly string[]): string =>
  `jsonb_build_array(${key.map((k) => `x."${k}"`).join(", ")}) = $1::jsonb`;

async function unchanged(tx: Tx, image: Kept, key: readonly string[]): Promise<boolean> {
  const text = `select coalesce((select to_jsonb(x) = $2::jsonb from "${image.table_name}" x where ${matches(key)}), $2::jsonb is null) as same`;
  const { rows } = await tx.db.executeQuery<{ same: boolean | null }>(
    CompiledQuery.raw(text, [JSON.stringify(image.key), image.after && JSON.stringify(image.after)]),
  );
  return rows[0]!.same === true;
}

const insert = (tx: Tx, { table_name }: Kept, row: Image): Promise<unknown> =>
  tx.db.executeQuery(
    CompiledQuery.raw(
      `insert into "${table_name}" select * from jsonb_populate_record(null::"${table_name}", $1::jsonb)`,
      [JSON.stringify(row)],
    ),
  );

function update(tx: Tx, { table_name, key: at }: Kept, row: Image, key: readonly string[]): Promise<unknown> {
  const columns = Object.keys(row).map((c) => `"${c}"`).join(", "); // prettier-ignore
  const text = `update "${table_name}" x set (${columns}) = (select ${columns} from jsonb_populate_record(null::"${table_name}", $2::jsonb)) where ${matches(key)}`;
  return tx.db.executeQuery(CompiledQuery.raw(text, [JSON.stringify(at), JSON.stringify(row)]));
}

const remove = (tx: Tx, { table_name, key: at }: Kept, key: readonly string[]): Promise<unknown> =>
  tx.db.executeQuery(CompiledQuery.raw(`delete from "${table_name}" x where ${matches(key)}`, [JSON.stringify(at)]));
