import { CompiledQuery } from "kysely";
import type { Ctx, Tx } from "#platform/context";
import { ownObjectsFor } from "../custom/described.ts";
import { forgetHistoryOf } from "../forget.ts";
import type { ObjectDescription } from "../object.ts";
import { objectNamed, recordTypes } from "../registry.ts";
import { isPurged, tiesOf, worksBefore, type Tie } from "./ties.ts";

const run = async <R>(ctx: Ctx | Tx, text: string, params: unknown[]): Promise<R[]> =>
  (await ctx.db.executeQuery<R>(CompiledQuery.raw(text, params))).rows;

/** Objects whose trash is emptied, those made here too. */
export async function purgedObjects(ctx: Ctx): Promise<ObjectDescription[]> {
  const known = recordTypes().map((t) => t.object);
  return [...known, ...(await ownObjectsFor(ctx))].filter((o) => o.trash !== false && isPurged(o.name));
}

const holding = (object: string) => tiesOf(object).filter((t): t is Tie & { end: "holds" } => t.end === "holds");
const rowsOf = (t: Tie, id: string): string =>
  `from "${t.table}" x where x."${t.column}" = ${id}${t.when ? ` and (${t.when})` : ""}`;

/** Whether nothing holds the row t, as SQL. */
export const freeSql = (object: string): string =>
  holding(object).map((t) => `not exists (select ${rowsOf(t, "t.id")})`).join(" and ") || "true"; // prettier-ignore

export interface Held {
  id: string;
  by: string;
  count: number;
}

/** What holds these records, so that they stay in the trash whatever their time. */
export async function heldOf(ctx: Ctx, object: string, ids: readonly string[]): Promise<Held[]> {
  const counts = holding(object).map(
    (t) => `select x."${t.column}" as id, '${t.by}' as by, count(*)::int as count from "${t.table}" x where x."${t.column}" = any($1::uuid[])${t.when ? ` and (${t.when})` : ""} group by 1`,
  ); // prettier-ignore
  if (counts.length === 0 || ids.length === 0) return [];
  const text = `select id, by, sum(count)::int as count from (${counts.join(" union all ")}) held group by id, by order by id, by`;
  return run<Held>(ctx, text, [ids]);
}

/** Deletes these records for good, with all that is theirs; whoever calls has made sure that nothing holds them. */
export async function purgeRecords(tx: Tx, object: ObjectDescription, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  for (const work of worksBefore(object.name)) await work(tx, ids);
  for (const t of tiesOf(object.name)) {
    const rows = `x."${t.column}" = any($1::uuid[])${t.when ? ` and (${t.when})` : ""}`;
    if (t.end === "clears") await run(tx, `update "${t.table}" x set "${t.column}" = null where ${rows}`, [ids]);
    if (t.end !== "goes") continue;
    if (t.as === undefined) {
      await run(tx, `delete from "${t.table}" x where ${rows}`, [ids]);
      continue;
    }
    const theirs = await run<{ id: string }>(tx, `select x."${t.id ?? "id"}" as id from "${t.table}" x where ${rows}`, [ids]); // prettier-ignore
    await purgeRecords(tx, t.as === "same" ? object : objectNamed(t.as), theirs.map((r) => r.id)); // prettier-ignore
  }
  await run(tx, `delete from "${object.table}" where id = any($1::uuid[])`, [ids]);
  await forgetHistoryOf(tx, ids);
}

// A customer may bring a thousand rows along: so few at once keep a transaction under a second.
const atOnce = 50;

export interface Which {
  /** Only what was moved to the trash until then. */
  until?: Date;
  /** Only the records that a job fixed, in `bulk_rows`. */
  job?: string;
}

/** Purges the next records of a trash that nothing holds; answers how many. A record that is used anew meanwhile waits for its lock. */
export async function purgeNext(tx: Tx, object: ObjectDescription, { until, job }: Which): Promise<number> {
  const params: unknown[] = [];
  const asked = [
    ...(until ? [`t.deleted_at <= $${params.push(until)}::timestamptz`] : []),
    ...(job ? [`t.id in (select record_id from bulk_rows where job_id = $${params.push(job)}::uuid)`] : []),
  ];
  const text = `select t.id from "${object.table}" t where t.deleted_at is not null and ${[...asked, freeSql(object.name)].join(" and ")} order by t.deleted_at, t.id limit ${atOnce} for update of t skip locked`;
  const ids = (await run<{ id: string }>(tx, text, params)).map((r) => r.id);
  await purgeRecords(tx, object, ids);
  return ids.length;
}

/** How many records of a trash nothing holds. */
export async function countDue(ctx: Ctx, object: ObjectDescription, until: Date): Promise<number> {
  const text = `select count(*)::int as n from "${object.table}" t where t.deleted_at <= $1::timestamptz and ${freeSql(object.name)}`;
  return (await run<{ n: number }>(ctx, text, [until]))[0]!.n;
}
