import { CompiledQuery, sql } from "kysely";
import type { Condition } from "#kernel/condition";
import type { RawJson } from "#kernel/endpoint";
import { invalid, notFound } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import { reachesAll, reachSql } from "./access/index.ts";
import { conditionSql, customJson, customSortKey, idAt, queryOf, type Query, type SortKey } from "./condition/index.ts";
import { customKey } from "./custom/definition.ts";
import { describedFor, describedKnown, objectsFor, objectsKnown, type Objects } from "./custom/described.ts";
import { fieldOf, linkName, type Field, type ObjectDescription } from "./object.ts";
import { mergeables } from "./merge/mergeable.ts";
import { wordsTest } from "./search/text.ts";

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
function columnsOf(
  ctx: Ctx,
  object: ObjectDescription,
  objects: Objects,
  params: unknown[],
  wanted?: readonly string[],
): string {
  const seen = (o: ObjectDescription, alias: string): string => reachSql(ctx, o, "read", alias, params);
  const fields = object.fields.filter((f) => !wanted || wanted.includes(f.name) || f.name === object.title);
  const columns = ["p.id", "p.version", "p.created_at", "p.updated_at", "p.deleted_at"];
  const links: string[] = [];
  if (object.custom) columns.push(customColumn(object, fields, askedBy(ctx, objects, params)));
  for (const f of fields) {
    const key = customKey(f.name);
    if (key === undefined) columns.push(`p."${f.name}"`);
    if (f.type === "file" && key !== undefined) links.push(`'${key}', ${fileOf(idAt("p", f.name))}`);
    const to =
      f.type === "user"
        ? { table: "rondo.users", title: "name", seen: "" }
        : (f.type === "relation" || f.type === "relations") && f.to
          ? linked(objects(f.to), seen)
          : null;
    if (!to) continue;
    const link = (id: string): string =>
      `(select json_build_object('id', r.id, 'title', r."${to.title}") from ${to.table} r where r.id = ${id}${to.seen})`;
    if (key === undefined) columns.push(`${link(`p."${f.name}"`)} as "${linkName(object, f.name)}"`);
    else if (f.type === "relations") links.push(`'${key}', ${linksOf(key, to)}`);
    else links.push(`'${key}', ${link(idAt("p", f.name))}`);
  }
  if (links.length > 0) columns.push(`json_build_object(${links.join(", ")}) as custom_links`);
  return [...new Set(columns)].join(", ");
}
/** Who asks for rows, for what is worked out of other records where it is read. */
export const askedBy = (ctx: Ctx, objects: Objects, params: unknown[]): Query =>
  queryOf({ objects, now: ctx.clock(), params, seen: seenBy(ctx, params) });
/** Which rows of other objects they may see. */
export const seenBy =
  (ctx: Ctx, params: unknown[]): Query["seen"] =>
  (o, alias) =>
    reachSql(ctx, o, "read", alias, params);

// What is kept under keys, and what is worked out; PostgreSQL builds an object of fifty values at a time.
function customColumn(object: ObjectDescription, wanted: readonly Field[], query: Query): string {
  const pairs = wanted.filter((f) => f.worked).map((f) => `'${customKey(f.name)}', ${customJson("p", f, query)}`);
  const all = [keptColumn(object)];
  for (let i = 0; i < pairs.length; i += 40) all.push(`jsonb_strip_nulls(jsonb_build_object(${pairs.slice(i, i + 40).join(", ")}))`); // prettier-ignore
  return `${all.join(" || ")} as custom`;
}
// What is retired stays in the column and is not told.
const keptColumn = ({ retired = [], only_custom }: ObjectDescription): string =>
  only_custom
    ? `(select coalesce(jsonb_object_agg(e.key, e.value), '{}') from jsonb_each(p.custom) e where e.key = any(array[${only_custom
        .filter((k) => !retired.includes(k))
        .map((k) => `'${k}'`)
        .join(",")}]::text[]))`
    : retired.length === 0
      ? "p.custom"
      : `p.custom - array[${retired.map((k) => `'${k}'`).join(",")}]`;
// Only a file of this very record, and none of the trash.
const fileOf = (id: string): string =>
  `(select json_build_object('id', r.id, 'title', r.name, 'type', r.type) from files r where r.id = ${id} and r.record_id = p.id and r.deleted_at is null)`;
// In the order of the list; what is gone for good is left out.
const linksOf = (key: string, to: { table: string; title: string; seen: string }): string =>
  `(select coalesce(json_agg(json_build_object('id', r.id, 'title', r."${to.title}") order by e.n), '[]')
     from jsonb_array_elements_text(case when jsonb_typeof(p.custom -> '${key}') = 'array' then p.custom -> '${key}' else '[]' end) with ordinality e(id, n)
     join ${to.table} r on r.id = e.id::uuid${to.seen})`;
// Of a record that the caller may not see, not even the name.
const linked = (o: ObjectDescription, seen: (o: ObjectDescription, alias: string) => string) => {
  const reach = seen(o, "r");
  return { table: `"${o.table}"`, title: o.title, seen: reach === "true" ? "" : ` and ${reach}` };
};

interface Sort {
  field: Field;
  down: boolean;
  by: SortKey;
}

function sortOf(object: ObjectDescription, text: string, query: () => Query): Sort {
  const down = text.startsWith("-");
  const field = fieldOf(object, down ? text.slice(1) : text);
  const custom = field && customKey(field.name) !== undefined;
  const by = custom ? customSortKey("t", field, query()) : field && columnKey(field);
  if (!field || !by) throw invalid("sort", `${object.label_plural} cannot be sorted by "${text}".`);
  if (custom && !field.sortable)
    throw invalid(
      "sort",
      `“${field.label}” is not marked fast to sort, and there are many ${object.label_plural.toLowerCase()}; an administrator can mark it.`,
      "custom-field.slow",
    );
  return { field, down, by };
}

// Untyped, a cursor's value takes the column's own type: compared as another one it would not be looked up in the index but in every row.
const columnKey = (field: Field): SortKey =>
  textual.has(field.type)
    ? { key: `t."${field.name}" ${icu}`, cast: `::text ${icu}` }
    : { key: `t."${field.name}"`, cast: "" };

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

/** The WHERE of a list: what the caller may see, trash, quick text and the condition; pushes its values on params. */
export function whereOf(
  ctx: Ctx,
  of: ObjectDescription,
  query: Pick<ListQuery, "filter" | "q" | "trash" | "only">,
  params: unknown[],
): string {
  const [object, objects] = [describedKnown(ctx, of), objectsKnown(ctx)];
  const parts = [`t.deleted_at is ${query.trash ? "not null" : "null"}`];
  const reach = reachSql(ctx, object, "read", "t", params);
  if (reach !== "true") parts.push(reach);
  const q = query.q?.trim();
  if (q) parts.push(wordsTest(object, q, { inside: true }, (value) => `$${params.push(value)}::text`));
  if (query.filter)
    parts.push(
      conditionSql(query.filter, object, { objects, now: ctx.clock(), alias: "t", params, seen: seenBy(ctx, params) }),
    );
  if (query.only) parts.push(query.only(params));
  return parts.join(" and ");
}

// A plan kept for any values scans a million rows for a rare one. A text that begins with a comment is not kept (pool.ts), so a
// filter is planned for its own values each time, for 0.3 ms.
const planFor = (ctx: Ctx, object: ObjectDescription, query: Pick<ListQuery, "filter" | "q" | "only">): string =>
  query.filter || query.only || query.q?.trim() || !reachesAll(ctx, object, "read") ? "/* for these values */ " : "";

/** The ORDER BY of all rows `t` as a list shows them, in one go. */
export function orderOf(ctx: Ctx, object: ObjectDescription, sort: string | undefined, params: unknown[]): string {
  const { field, down, by } = sortOf(object, sort ?? object.default_sort, () =>
    askedBy(ctx, objectsKnown(ctx), params),
  );
  const dir = down ? "desc" : "asc";
  // Nothing said of nulls where there are none: an index then gives the order also backwards.
  const empty =
    (field.required && customKey(field.name) === undefined) || neverNull.has(field.name) ? "" : " nulls last";
  return `${by.key} ${dir}${empty}, t.id ${dir}`;
}

/** One page of records. */
export async function listRecords(ctx: Ctx, of: ObjectDescription, query: ListQuery): Promise<RawJson<Page>> {
  const [object, objects] = [await describedFor(ctx, of), await objectsFor(ctx)];
  const params: unknown[] = [];
  const where = whereOf(ctx, object, query, params);
  const sort = sortOf(object, query.sort ?? object.default_sort, () => askedBy(ctx, objects, params));
  const page = pageSql(object, where, sort, cursorOf(query.cursor), query.limit + 1, params);
  const text = `${planFor(ctx, object, query)}select row_to_json(x)::text as item, p.k, p.id from (${page}) p cross join lateral (select ${columnsOf(ctx, object, objects, params, query.fields)}) x`;
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
  { field, down, by }: Sort,
  after: [string | null, string] | null,
  limit: number,
  params: unknown[],
): string {
  const { key } = by;
  const [dir, past] = down ? ["desc", "<"] : ["asc", ">"];
  let valued = `${key} is not null and ${where}`;
  let empty = `${key} is null and ${where}`;
  if (after) {
    const [value, id] = after;
    params.push(id);
    const idParam = `$${params.length}::uuid`;
    if (value === null) {
      valued = "false";
      empty += ` and t.id ${past} ${idParam}`;
    } else {
      params.push(value);
      valued += ` and (${key}, t.id) ${past} ($${params.length}${by.cast}, ${idParam})`;
    }
  }
  const part = (condition: string, order: string, k: string): string =>
    `(select t.*, ${k} as k from "${object.table}" t where ${condition} order by ${order} limit ${limit})`;
  const first = part(valued, `${key} ${dir}, t.id ${dir}`, `(${key})::text`);
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
  const everything = !query.filter && !query.only && !query.q?.trim() && !query.trash;
  if (everything && query.count !== "exact" && reachesAll(ctx, object, "read")) return countAll(ctx, object);
  const params: unknown[] = [];
  const rows = `select 1 from "${object.table}" t where ${whereOf(ctx, object, query, params)}`;
  const ask = async (on: Ctx, limit: string): Promise<number> =>
    (
      await on.db.executeQuery<{ n: number }>(
        CompiledQuery.raw(`${planFor(ctx, object, query)}select count(*) as n from (${rows}${limit}) s`, params),
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

/** The answer, or null when it takes longer than that many milliseconds. */
export async function withinTime<T>(ctx: Ctx, work: (on: Ctx) => Promise<T>, ms = countWithin): Promise<T | null> {
  // Inside somebody's transaction a cancelled statement would take all of it along.
  if ("afterCommit" in ctx) return work(ctx);
  try {
    return await inTransaction(ctx, async (tx) => {
      await sql`select set_config('statement_timeout', ${String(ms)}, true)`.execute(tx.db);
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
  of: ObjectDescription,
  id: string,
): Promise<RawJson<Record<string, unknown>>> {
  const [object, objects] = [await describedFor(ctx, of), await objectsFor(ctx)];
  const params: unknown[] = [id];
  // A merged record says in whom it lives on, so that old links and ids lead there.
  const leads = mergeables().includes(object.name)
    ? ", (select m.winner_id from merged_records m where m.loser_id = p.id) as merged_into"
    : "";
  const text = `
    select x.version, row_to_json(x)::text as json from (
      select ${columnsOf(ctx, object, objects, params)}, coalesce((select json_object_agg(e.system, e.external_id) from external_ids e where e.record_id = p.id and e.object = '${object.name}'), '{}') as external_ids${leads}
        from "${object.table}" p where p.id = $1 and ${reachSql(ctx, object, "read", "p", params)}) x`;
  const { rows } = await ctx.db.executeQuery<{ version: number; json: string }>(CompiledQuery.raw(text, params));
  if (!rows[0]) throw notFound(object.name);
  return { json: rows[0].json, version: rows[0].version };
}
