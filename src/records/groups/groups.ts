import { CompiledQuery } from "kysely";
import type { Condition } from "#kernel/condition";
import { invalid, Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { customJson, jsonAt, type Query } from "../condition/index.ts";
import { customKey } from "../custom/definition.ts";
import { describedFor, objectsFor } from "../custom/described.ts";
import { askedBy, whereOf, withinTime, type ListQuery } from "../list.ts";
import { fieldOf, type Field, type ObjectDescription } from "../object.ts";
import { isGroupable, isSummed } from "../views/problems.ts";

/*
 * Words we use
 *   group   records of a list that have one value in a field (or one day, one month of it), with how many they are and what they add up to
 *   sum     per currency for money with a currency of its own; minor units
 */
export interface GroupQuery extends Pick<ListQuery, "filter" | "q" | "only"> {
  /** A field, of a time with ":day" or ":month". */
  by: string;
  sums?: readonly string[];
}

export interface RecordGroup {
  /** The value; null: without one. */
  key: string | null;
  /** The title of the record or person that the value points to. */
  title: string | null;
  count: number;
  /** By field: {"": 120} or {"EUR": 120, "USD": 30}. */
  sums: Record<string, Record<string, number>>;
  /** What the group's records meet beside the list's filter. */
  filter: Condition;
}

export interface Groups {
  groups: RecordGroup[];
  /** How many groups there are in all; only the biggest, or the latest in time, are told. */
  group_count: number;
  count: number;
  /** False when there were too many to add up: counts and sums are then those of a sample, scaled up. */
  exact: boolean;
}

// Nobody reads on beyond this many; a list so divided wants a filter.
const groupsAtMost = 100;
const sumsAtMost = 8;
// Adding up a million rows takes about this, in ms, when nobody else works; what takes longer would make everybody else wait.
const groupWithin = 2_500;
// A sample of this many rows tells the share of a group with a tenth of them to a hundredth or two.
const sampled = 100_000;

interface By {
  field: Field;
  /** What rows `t` are put together by; null when empty. */
  raw: string;
  /** That of a group `g`, as text: said once a group, as writing a million times takes seconds. */
  key: string;
  timed: boolean;
}

const at = (field: Field, query: Query): string => {
  const key = customKey(field.name);
  return key === undefined
    ? `t."${field.name}"`
    : field.worked
      ? `(${customJson("t", field, query)})`
      : jsonAt("t.custom", [key]);
};

function byOf(object: ObjectDescription, text: string, query: Query, zoneName: string): By {
  const [name = "", unit] = text.split(":");
  const field = fieldOf(object, name);
  if (!field || !isGroupable(field)) throw invalid("by", `${object.label_plural} cannot be grouped by "${name}".`);
  const custom = customKey(field.name) !== undefined;
  const timed = field.type === "date" || field.type === "datetime";
  if (timed !== (unit === "day" || unit === "month"))
    throw invalid("by", timed ? 'Say "by day" or "by month" with :day or :month.' : "Only times have days and months.");
  if (custom && field.type === "datetime") throw invalid("by", "A time of your own cannot be grouped by yet.");
  const plain = custom ? `${at(field, query)} #>> '{}'` : at(field, query);
  if (!timed)
    return { field, timed, key: "g.raw::text", raw: custom || coded.has(field.type) ? `nullif(${plain}, '')` : plain };
  const width = unit === "day" ? "YYYY-MM-DD" : "YYYY-MM";
  if (custom) return { field, timed, key: "g.raw", raw: `nullif(left(${plain}, ${width.length}), '')` };
  const local =
    field.type === "date" ? `${plain}::timestamp` : `(${plain} at time zone ${query.param(zoneName)}::text)`;
  return { field, timed, key: `to_char(g.raw, '${width}')`, raw: `date_trunc('${unit}', ${local})` };
}
const coded = new Set<Field["type"]>(["choice", "country", "currency"]);

const sumSql = (field: Field, query: Query): string => {
  const value = at(field, query);
  return customKey(field.name) === undefined
    ? `${value}::numeric`
    : `case when jsonb_typeof(${value}) = 'number' then (${value})::numeric end`;
};

function sumsOf(object: ObjectDescription, names: readonly string[]): Field[] {
  if (names.length > sumsAtMost) throw invalid("sums", `At most ${sumsAtMost} fields are added up.`);
  return names.map((name) => {
    const field = fieldOf(object, name);
    if (!field || !isSummed(field)) throw invalid("sums", `"${name}" of ${object.label_plural} cannot be added up.`);
    return field;
  });
}

/** One group's records as a condition, so that a list of them is counted the same. Days and months are those of the company's clock. */
function conditionOf({ field }: By, key: string | null, from: Date | null, until: Date | null): Condition {
  const name = field.name;
  if (key === null) return { field: name, op: "is_empty" };
  if (field.type === "boolean") return { field: name, op: "is", value: key === "true" };
  if (field.type === "choice" || field.type === "country" || field.type === "currency")
    return { field: name, op: "in", value: [key] };
  if (field.type === "date")
    return key.length === 10
      ? { field: name, op: "is", value: key }
      : { field: name, op: "between", value: [`${key}-01`, lastDay(key)] };
  if (field.type !== "datetime") return { field: name, op: "is", value: key };
  return {
    all: [
      { field: name, op: "gte", value: from!.toISOString() },
      { field: name, op: "lt", value: until!.toISOString() },
    ],
  };
}
const lastDay = (month: string): string => {
  const [year = 0, n = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, n, 0)).toISOString().slice(0, 10);
};

/**
 * The records of a list by the values of a field, with counts and sums: one aggregate under the list's own WHERE. The biggest groups
 * first; of a time the latest. When adding up takes too long, of a sample of them.
 * @throws Refused when there is no such field, or not even a sample can be added up in time.
 */
export async function groupsOf(
  ctx: Ctx,
  of: ObjectDescription,
  query: GroupQuery,
  within = groupWithin,
): Promise<Groups> {
  const exact = await addedUp(ctx, of, query, within, null);
  if (exact) return exact;
  const part = await partOf(ctx, of);
  const about = part === null ? null : await addedUp(ctx, of, query, groupWithin, part);
  if (about) return about;
  throw new Refused("unavailable", "groups.too-many", "These are too many to add up at once; filter the list first.");
}

/** Which part of the table's pages a sample reads, from 0 to 1; null when it is no large table. */
async function partOf(ctx: Ctx, { table }: ObjectDescription): Promise<number | null> {
  const { rows } = await ctx.db.executeQuery<{ n: number }>(
    CompiledQuery.raw(`select reltuples::float8 as n from pg_class where oid = $1::regclass and relkind = 'r'`, [`"${table}"`]),
  );
  return rows[0] && rows[0].n > sampled ? sampled / rows[0].n : null;
} // prettier-ignore

/** The groups of all rows, or of a part of them and scaled up; null when that takes too long. */
async function addedUp(
  ctx: Ctx,
  of: ObjectDescription,
  query: GroupQuery,
  within: number,
  part: number | null,
): Promise<Groups | null> {
  const [object, objects] = [await describedFor(ctx, of), await objectsFor(ctx)];
  const params: unknown[] = [];
  const asking = askedBy(ctx, objects, params);
  const where = whereOf(ctx, object, query, params);
  const by = byOf(object, query.by, asking, ctx.workspace.time_zone);
  const sums = sumsOf(object, query.sums ?? []);
  const currencies = [...new Set(sums.flatMap((field) => (field.type === "money" && field.currency_field) || []))];
  if (currencies.length > 1) throw invalid("sums", "These amounts are in the currencies of different fields.");
  const currency = currencies[0] ? `t."${currencies[0]}"` : "''";
  const inner = `
    select ${by.raw} as raw, coalesce(${currency}, '') as currency, count(*) as n${sums.map((field, i) => `, sum(${sumSql(field, asking)})::float8 as s${i}`).join("")}
      from "${object.table}" t${part === null ? "" : ` tablesample system (${part * 100}) repeatable (1)`} where ${where} group by 1, 2`;
  const unit = query.by.endsWith(":day") ? "day" : "month";
  const zone = by.field.type === "datetime" ? `${asking.param(ctx.workspace.time_zone)}::text` : "";
  const bounds = zone
    ? `(g.raw at time zone ${zone}) as "from", ((g.raw + interval '1 ${unit}') at time zone ${zone}) as until`
    : `null::timestamptz as "from", null::timestamptz as until`;
  const to = by.field.type === "user" ? { table: "rondo.users", title: "name" } : by.field.to ? { table: `"${objects(by.field.to).table}"`, title: objects(by.field.to).title } : null; // prettier-ignore
  const title = to ? `(select r."${to.title}"::text from ${to.table} r where r.id::text = g.raw::text)` : "null::text";
  const text = `
    select ${by.key} as key, ${title} as title, g.n, ${bounds}${sums.map((_f, i) => `, g.s${i}`).join("")}, g.groups, g.total
      from (select raw, sum(n)::float8 as n${sums.map((_f, i) => `, json_object_agg(currency, coalesce(s${i}, 0)) as s${i}`).join("")},
                   count(*) over ()::float8 as groups, sum(sum(n)) over ()::float8 as total
              from (${inner}) v group by raw
             order by ${by.timed ? "raw desc nulls last" : "2 desc, raw"} limit ${groupsAtMost}) g
     order by ${by.timed ? "g.raw desc nulls last" : "g.n desc, g.raw"}`;
  const rows = await withinTime(
    ctx,
    async (on) =>
      (await on.db.executeQuery<GroupRow>(CompiledQuery.raw(`/* for these values */ ${text}`, params))).rows,
    within,
  );
  if (rows === null) return null;
  const scaled = (n: number): number => (part === null ? n : Math.round(n / part));
  return {
    groups: rows.map((row) => ({
      key: row.key,
      title: row.title,
      count: scaled(row.n),
      sums: Object.fromEntries(
        sums.map((field, i) => [
          field.name,
          Object.fromEntries(Object.entries(row[`s${i}`]!).map(([currency, n]) => [currency, scaled(n)])),
        ]),
      ),
      filter: conditionOf(by, row.key, row.from, row.until),
    })),
    group_count: rows[0]?.groups ?? 0,
    count: scaled(rows[0]?.total ?? 0),
    exact: part === null,
  };
}

interface GroupRow {
  key: string | null;
  title: string | null;
  n: number;
  from: Date | null;
  until: Date | null;
  groups: number;
  total: number;
  [sum: `s${number}`]: Record<string, number>;
}
