import { CompiledQuery, sql } from "kysely";
import type { Condition } from "#kernel/condition";
import type { RawJson } from "#kernel/endpoint";
import { invalid, notFound } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import { conditionSql } from "./condition/index.ts";
import { fieldOf, type Field, type ObjectDescription } from "./object.ts";
import { quickTest } from "./quick-text.ts";
import { objectNamed } from "./registry.ts";

/*
 * One query a page: its rows are read off one index, relations are looked up for those rows alone; PostgreSQL builds the JSON
 * of each and it is passed through unparsed.
 */
export interface ListQuery {
  filter?: Condition | undefined;
  /** "name" or "-created_at"; the object's default when absent. */
  sort?: string | undefined;
  limit: number;
  cursor?: string | undefined;
  /** Quick text over the object's search columns. */
  q?: string | undefined;
  fields?: readonly string[] | undefined;
  count?: "quick" | "exact" | "none" | undefined;
  trash?: boolean | undefined;
  /** One more test of the rows `t`, as SQL, for a question that is no condition on their fields or facts; pushes its values on params. */
  only?: ((params: unknown[]) => string) | undefined;
}

export interface Page<R = Record<string, unknown>> {
  items: R[];
  next: string | null;
  total: { count: number; exact: boolean } | null;
}

/** Above this many a count is not finished unless asked: counting a million rows costs more than showing them. */
export const countAtMost = 10_000;

const icu = `collate "und-x-icu"`;
const textual = new Set(["text", "email", "phone", "url", "country", "choice", "currency", "long_text"]);

/**
 * The columns that show records of this object, for rows under the alias `p`. Relations are looked up row by row, so that no join
 * can lose the order of a page; at 50 rows by primary key that costs less than joining and sorting.
 */
function columnsOf(object: ObjectDescription, wanted?: readonly string[]): string {
  const fields = object.fields.filter((f) => !wanted || wanted.includes(f.name) || f.name === object.title);
  const columns = ["p.id", "p.version", "p.created_at", "p.updated_at", "p.deleted_at"];
  if (object.custom) columns.push("p.custom");
  for (const f of fields) {
    columns.push(`p."${f.name}"`);
    const to =
      f.type === "user"
        ? { table: "rondo.users", title: "name" }
        : f.type === "relation" && f.to
          ? quotedTable(objectNamed(f.to))
          : null;
    if (to)
      columns.push(
        `(select json_build_object('id', r.id, 'title', r."${to.title}") from ${to.table} r where r.id = p."${f.name}") as "${f.name.replace(/_id$/, "")}"`,
      );
  }
  return [...new Set(columns)].join(", ");
}
const quotedTable = (o: ObjectDescription) => ({ table: `"${o.table}"`, title: o.title });

interface Sort {
  field: Field;
  down: boolean;
}

function sortOf(object: ObjectDescription, text: string): Sort {
  const down = text.startsWith("-");
  const field = fieldOf(object, down ? text.slice(1) : text);
  if (!field) throw invalid("sort", `${object.label_plural} cannot be sorted by "${text}".`);
  return { field, down };
}

function cursorOf(text: string | undefined): [string | null, string] | null {
  if (!text) return null;
  try {
    const [v, id] = JSON.parse(Buffer.from(text, "base64url").toString()) as [unknown, unknown];
    if ((v === null || typeof v === "string") && typeof id === "string" && /^[0-9a-f-]{36}$/.test(id)) return [v, id];
  } catch {
    // falls through to the refusal: a cursor is ours, so a broken one was tampered with or cut
  }
  throw invalid("cursor", "This page no longer exists; start from the first one.");
}

/** The WHERE of a list: trash, quick text and the condition; pushes its values on params. */
export function whereOf(
  ctx: Ctx,
  object: ObjectDescription,
  query: Pick<ListQuery, "filter" | "q" | "trash" | "only">,
  params: unknown[],
): string {
  const parts = [`t.deleted_at is ${query.trash ? "not null" : "null"}`];
  const q = query.q?.trim();
  if (q) {
    parts.push(
      quickTest(
        object.search.map((c) => `t."${c}"`),
        q,
        (value) => `$${params.push(value)}`,
      ),
    );
  }
  if (query.filter)
    parts.push(conditionSql(query.filter, object, { objects: objectNamed, now: ctx.clock(), alias: "t", params }));
  if (query.only) parts.push(query.only(params));
  return parts.join(" and ");
}

// A plan kept for any values scans a million rows for a rare one. A text that begins with a comment is not kept (pool.ts), so a
// filter is planned for its own values each time, for 0.3 ms.
const planFor = (query: Pick<ListQuery, "filter" | "q" | "only">): string =>
  query.filter || query.only || query.q?.trim() ? "/* for these values */ " : "";

/** One page of records. */
export async function listRecords(ctx: Ctx, object: ObjectDescription, query: ListQuery): Promise<RawJson<Page>> {
  const params: unknown[] = [];
  const where = whereOf(ctx, object, query, params);
  const sort = sortOf(object, query.sort ?? object.default_sort);
  const page = pageSql(object, where, sort, cursorOf(query.cursor), query.limit + 1, params);
  const text = `${planFor(query)}select row_to_json(x)::text as item, p.k, p.id from (${page}) p cross join lateral (select ${columnsOf(object, query.fields)}) x`;
  // Waited for together: a count that fails while nobody waits for it yet would end the process.
  const [{ rows }, counted] = await Promise.all([
    ctx.db.executeQuery<{ item: string; k: string | null; id: string }>(CompiledQuery.raw(text, params)),
    query.count === "none" ? null : countRecords(ctx, object, query),
  ]);
  const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
  const items = rows
    .slice(0, query.limit)
    .map((r) => r.item)
    .join(",");
  const next = last ? JSON.stringify(Buffer.from(JSON.stringify([last.k, last.id])).toString("base64url")) : "null";
  return { json: `{"items":[${items}],"next":${next},"total":${JSON.stringify(counted)}}` };
}

/**
 * The records of one page in order, with the sort key k. Rows with a value come first, then those without; each part is read
 * off one plain index (field, id), forwards or backwards.
 */
function pageSql(
  object: ObjectDescription,
  where: string,
  { field, down }: Sort,
  after: [string | null, string] | null,
  limit: number,
  params: unknown[],
): string {
  const column = `t."${field.name}"`;
  const isText = textual.has(field.type);
  const key = isText ? `${column} ${icu}` : column;
  const [dir, past] = down ? ["desc", "<"] : ["asc", ">"];
  let valued = `${column} is not null and ${where}`;
  let empty = `${column} is null and ${where}`;
  if (after) {
    const [value, id] = after;
    params.push(id);
    const idParam = `$${params.length}::uuid`;
    if (value === null) {
      valued = "false";
      empty += ` and t.id ${past} ${idParam}`;
    } else {
      params.push(value);
      // Untyped, it takes the column's own type: compared as another one it would not be looked up in the index but in every row.
      const valueParam = isText ? `$${params.length}::text ${icu}` : `$${params.length}`;
      valued += ` and (${key}, t.id) ${past} (${valueParam}, ${idParam})`;
    }
  }
  const part = (condition: string, by: string, k: string): string =>
    `(select t.*, ${k} as k from "${object.table}" t where ${condition} order by ${by} limit ${limit})`;
  const first = part(valued, `${key} ${dir}, t.id ${dir}`, `${column}::text`);
  if (field.required || neverNull.has(field.name)) return first;
  return `${first} union all ${part(empty, `t.id ${dir}`, "null::text")} limit ${limit}`;
}

const neverNull = new Set([
  "name",
  "number",
  "source",
  "name",
  "created_at",
  "updated_at",
  "paid_total",
  "order_count",
  "placed_at",
  "lifecycle_stage",
  "lifecycle_since",
  "base_total",
  "total",
]);

// A quick count may cost this long, in ms; a page must not wait for a scan of a million rows to learn a number nobody reads to the end.
const countWithin = 1_000;

interface Total {
  count: number;
  exact: boolean;
}

/** How many records match: exact up to 10,000 and when asked; else, or when counting takes longer than a second, PostgreSQL's estimate. */
export async function countRecords(
  ctx: Ctx,
  object: ObjectDescription,
  query: Pick<ListQuery, "filter" | "q" | "trash" | "only" | "count">,
): Promise<Total> {
  if (!query.filter && !query.only && !query.q?.trim() && !query.trash && query.count !== "exact")
    return countAll(ctx, object);
  const params: unknown[] = [];
  const rows = `select 1 from "${object.table}" t where ${whereOf(ctx, object, query, params)}`;
  const ask = async (on: Ctx, limit: string): Promise<number> =>
    (
      await on.db.executeQuery<{ n: number }>(
        CompiledQuery.raw(`${planFor(query)}select count(*) as n from (${rows}${limit}) s`, params),
      )
    ).rows[0]!.n;
  if (query.count === "exact") return { count: await ask(ctx, ""), exact: true };
  const n = await withinTime(ctx, (on) => ask(on, ` limit ${countAtMost + 1}`));
  if (n !== null && n <= countAtMost) return { count: n, exact: true };
  const plan = await ctx.db.executeQuery<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }>(
    CompiledQuery.raw(`explain (format json) ${rows}`, params),
  );
  const estimate = plan.rows[0]!["QUERY PLAN"][0].Plan["Plan Rows"];
  return { count: n === null ? estimate : Math.max(estimate, n), exact: false };
}

/** All records: those of a table known to be large are not counted at all. */
async function countAll(ctx: Ctx, object: ObjectDescription): Promise<Total> {
  const text = `
    select greatest(reltuples, 0)::bigint as estimate,
           case when reltuples < ${2 * countAtMost} then (select count(*) from (select from "${object.table}" where deleted_at is null limit ${countAtMost + 1}) s) end as n
      from pg_class where oid = $1::regclass`;
  const { rows } = await ctx.db.executeQuery<{ estimate: number; n: number | null }>(
    CompiledQuery.raw(text, [`"${object.table}"`]),
  );
  const { estimate, n } = rows[0]!;
  return n !== null && n <= countAtMost
    ? { count: n, exact: true }
    : { count: Math.max(estimate, n ?? 0), exact: false };
}

/** The answer, or null when it takes too long. */
async function withinTime<T>(ctx: Ctx, work: (on: Ctx) => Promise<T>): Promise<T | null> {
  // Inside somebody's transaction a cancelled statement would take all of it along.
  if ("afterCommit" in ctx) return work(ctx);
  try {
    return await inTransaction(ctx, async (tx) => {
      await sql`select set_config('statement_timeout', ${String(countWithin)}, true)`.execute(tx.db);
      return work(tx);
    });
  } catch (error) {
    const cancelled = (error as { code?: unknown }).code === "57014";
    if (!cancelled) throw error;
    return null;
  }
}

/** One record with its relations' titles and its ids elsewhere. */
export async function findRecord(
  ctx: Ctx,
  object: ObjectDescription,
  id: string,
): Promise<RawJson<Record<string, unknown>>> {
  const text = `
    select x.version, row_to_json(x)::text as json from (
      select ${columnsOf(object)}, coalesce((select json_object_agg(e.system, e.external_id) from external_ids e where e.record_id = p.id and e.object = '${object.name}'), '{}') as external_ids
        from "${object.table}" p where p.id = $1) x`;
  const { rows } = await ctx.db.executeQuery<{ version: number; json: string }>(CompiledQuery.raw(text, [id]));
  if (!rows[0]) throw notFound(object.name);
  return { json: rows[0].json, version: rows[0].version };
}
