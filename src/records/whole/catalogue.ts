import { CompiledQuery } from "kysely";
import type { Db } from "#platform/postgres";

/*
 * The tables of a workspace as PostgreSQL's own catalogue knows them: a module that comes tomorrow is in the file without a word here.
 *
 * Words we use
 *   left out   what means nothing elsewhere: work under way, files being imported, which migrations ran (the manifest names them), what follows from records
 */
export interface TableShape {
  name: string;
  /** Columns that are stored, in order; generated ones follow from them. */
  columns: string[];
  /** Columns of the primary key; empty when there is none. */
  key: string[];
}
export interface Link {
  table: string;
  name: string;
  columns: string[];
  to: string;
  to_columns: string[];
  /** What happens when what it points to goes: "on delete cascade" and the like. */
  rule: string;
}

const leftOut = ["migrations", "jobs", "imports", "import_rows", "import_failures", "search_entries"];

async function ask<R>(db: Db, text: string, params: unknown[] = []): Promise<R[]> {
  return (await db.executeQuery<R>(CompiledQuery.raw(text, params))).rows;
}

/** Every table that is carried, by name. */
export const tablesOf = (db: Db): Promise<TableShape[]> =>
  ask<TableShape>(
    db,
    `select c.relname as name,
            array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
            coalesce((select array_agg(a.attname::text order by k.n) from pg_constraint p cross join unnest(p.conkey) with ordinality k(col, n)
                        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.col where p.conrelid = c.oid and p.contype = 'p'), '{}') as key
       from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all($1::text[])
      order by c.relname`,
    [leftOut],
  );

/** Foreign keys among the tables. */
export const linksOf = (db: Db): Promise<Link[]> =>
  ask<Link>(
    db,
    `select c.relname as table, p.conname as name, t.relname as to,
            array(select a.attname::text from unnest(p.conkey) with ordinality k(col, n) join pg_attribute a on a.attrelid = p.conrelid and a.attnum = k.col order by k.n) as columns,
            array(select a.attname::text from unnest(p.confkey) with ordinality k(col, n) join pg_attribute a on a.attrelid = p.confrelid and a.attnum = k.col order by k.n) as to_columns,
            concat(case p.confdeltype when 'c' then 'on delete cascade' when 'n' then 'on delete set null' when 'r' then 'on delete restrict' when 'd' then 'on delete set default' else '' end,
                   case when p.condeferrable then ' deferrable' else '' end, case when p.condeferred then ' initially deferred' else '' end) as rule
       from pg_constraint p join pg_class c on c.oid = p.conrelid join pg_class t on t.oid = p.confrelid
      where p.contype = 'f' and c.relnamespace = current_schema()::regnamespace order by 1, 2`,
  );

/** Where each sequence stands: its last number, null when it gave none yet. */
export async function sequencesOf(db: Db): Promise<Record<string, number | null>> {
  const rows = await ask<{ name: string; last: number | null }>(
    db,
    "select sequencename as name, last_value as last from pg_sequences where schemaname = current_schema() order by 1",
  );
  return Object.fromEntries(rows.map((r) => [r.name, r.last]));
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
