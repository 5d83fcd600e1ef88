import type pg from "pg";

/*
 * schema.sql and the table types are written from the migrated database itself; `schema --check` fails when they drift.
 * pg_dump does not come with the embedded server, so the description is our own.
 */
interface Column {
  table: string;
  name: string;
  type: string;
  nullable: boolean;
  fallback: string | null;
  identity: string;
}

async function columnsOf(client: pg.ClientBase, schema: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable,
            pg_get_expr(d.adbin, d.adrelid) as fallback, a.attidentity as identity
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where n.nspname = $1 and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped order by c.relname, a.attnum`,
    [schema],
  );
  return rows;
}

async function linesOf(client: pg.ClientBase, text: string, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(text, [schema]);
  return rows.map((r) => r.line.replaceAll(`${schema}.`, ""));
}

const byTable = (columns: Column[]): Map<string, Column[]> => Map.groupBy(columns, (c) => c.table);

/** The schema as SQL a person can read: tables, constraints, indexes, views, sequences. */
export async function describeSchema(client: pg.ClientBase, schema: string): Promise<string> {
  await client.query(`set search_path to "${schema}", public`);
  const tables = [...byTable(await columnsOf(client, schema))].map(([table, columns]) => {
    const lines = columns.map(
      (c) =>
        `  ${c.name} ${c.type}${c.nullable ? "" : " not null"}${c.identity ? " generated always as identity" : ""}${c.fallback ? ` default ${c.fallback.replaceAll(`${schema}.`, "")}` : ""}`,
    );
    return `create table ${table} (\n${lines.join(",\n")}\n);`;
  });
  const constraints = await linesOf(
    client,
    `select format('alter table %s add constraint %s %s;', r.relname, c.conname, pg_get_constraintdef(c.oid)) as line
       from pg_constraint c join pg_class r on r.oid = c.conrelid join pg_namespace n on n.oid = r.relnamespace
      where n.nspname = $1 and c.contype in ('p', 'u', 'f', 'c') order by r.relname, c.contype desc, c.conname`,
    schema,
  );
  const indexes = await linesOf(
    client,
    `select indexdef || ';' as line from pg_indexes i where schemaname = $1
        and not exists (select from pg_constraint c where c.conname = i.indexname) order by tablename, indexname`,
    schema,
  );
  const views = await linesOf(
    client,
    `select format('create view %s as %s', viewname, definition) as line from pg_views where schemaname = $1 order by viewname`,
    schema,
  );
  const sequences = await linesOf(
    client,
    `select format('create sequence %s start %s;', sequencename, start_value) as line from pg_sequences where schemaname = $1 and not exists (select from pg_depend d where d.objid = (quote_ident(schemaname) || '.' || quote_ident(sequencename))::regclass and d.deptype = 'i') order by 1`,
    schema,
  );
  return [...sequences, ...tables, ...constraints, ...indexes, ...views]
    .join("\n\n")
    .replaceAll("\n\nalter", "\nalter")
    .replaceAll("\n\ncreate index", "\ncreate index")
    .replaceAll("\n\ncreate unique", "\ncreate unique");
}

const typeScript: Record<string, string> = {
  uuid: "string", text: "string", boolean: "boolean", integer: "number", smallint: "number", bigint: "number", real: "number", "double precision": "number",
  numeric: "string", jsonb: "Json", json: "Json", bytea: "Buffer", date: "string", "timestamp with time zone": "Timestamp", "uuid[]": "string[]", "text[]": "string[]",
}; // prettier-ignore

/** Kysely's table types: control tables and workspace tables in one, since their names do not meet. */
export async function describeTypes(client: pg.ClientBase, schemas: readonly string[]): Promise<string> {
  const all = new Map<string, Column[]>();
  for (const schema of schemas)
    for (const [table, columns] of byTable(await columnsOf(client, schema)))
      if (table !== "migrations") all.set(table, columns);
  const tables = [...all]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([table, columns]) => {
      const lines = columns.map((c) => {
        const base = `${typeScript[c.type] ?? "unknown"}${c.nullable ? " | null" : ""}`;
        return `    ${c.name}: ${c.fallback || c.identity ? `Generated<${base}>` : base};`;
      });
      return `  ${table}: {\n${lines.join("\n")}\n  };`;
    });
  return `// Written by \`npm run rondo -- schema\` from the migrations; do not edit.
import type { ColumnType, Generated } from "kysely";

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Json = ColumnType<unknown, string, string>;

export interface Tables {
${tables.join("\n")}
}
`;
}
