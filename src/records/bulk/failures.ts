import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import { sql } from "kysely";
import type { Ctx, Tx } from "#platform/context";
import { typeNamed } from "../custom/described.ts";

/** A record that a job left as it was, and why. */
export interface LeftOut {
  record_id: string;
  object: string;
  /** The field that somebody changed since; "" when it is about the whole record. */
  field?: string;
  message: string;
  was?: unknown;
  now?: unknown;
}

/** Notes what a job left out, in one statement. */
export async function noteLeftOut(tx: Tx, jobId: string, left: readonly LeftOut[]): Promise<void> {
  if (left.length === 0) return;
  await sql`
    insert into bulk_failures (job_id, record_id, object, field, message, was, now)
    select ${jobId}, r.record_id, r.object, coalesce(r.field, ''), r.message, r.was, r.now
      from json_to_recordset(${JSON.stringify(left)}::json) as r(record_id uuid, object text, field text, message text, was jsonb, now jsonb)
        on conflict (job_id, record_id, object, field) do nothing`.execute(tx.db);
}

interface Kept extends LeftOut {
  field: string;
}

const pageRows = 1_000;

/** What a job left out, after a place, in the order of the records. */
export async function leftOutOf(ctx: Ctx, jobId: string, limit: number, after?: Kept): Promise<Kept[]> {
  const { rows } = await sql<Kept>`
    select record_id, object, field, message, was, now from bulk_failures
     where job_id = ${jobId} ${after ? sql`and (record_id, object, field) > (${after.record_id}, ${after.object}, ${after.field})` : sql``}
     order by record_id, object, field limit ${limit}`.execute(ctx.db);
  return rows;
}

/** What the records are called, by id. */
async function titlesOf(ctx: Ctx, rows: readonly Kept[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [object, of] of Map.groupBy(rows, (r) => r.object)) {
    const type = await typeNamed(ctx, object);
    if (!type) continue;
    const { rows: titled } = await sql<{ id: string; title: string | null }>`
      select id, ${sql.id(type.object.title)}::text as title from ${sql.table(type.object.table)} where id = any(${of.map((r) => r.record_id)})`.execute(
      ctx.db,
    );
    for (const { id, title } of titled) found.set(id, title ?? "");
  }
  return found;
}

// A spreadsheet runs a cell that begins so as a formula: an apostrophe in front makes it text.
const neutral = (cell: string): string => (/^[=@+\-\t\r]/.test(cell) ? `'${cell}` : cell);
const words = (value: unknown): string =>
  value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

/** What a job left out as a CSV, in constant memory. */
export function leftOutCsv(ctx: Ctx, jobId: string): Readable {
  const csv = stringify({ bom: true });
  const lines = async function* (): AsyncGenerator<string[]> {
    yield ["id", "name", "field", "reason", "value before", "value now"];
    for (let last: Kept | undefined; ;) {
      const page = await leftOutOf(ctx, jobId, pageRows, last);
      const titles = await titlesOf(ctx, page);
      for (const r of page)
        yield [r.record_id, titles.get(r.record_id) ?? "", r.field, r.message, words(r.was), words(r.now)].map(neutral);
      if (page.length < pageRows) return;
      last = page.at(-1);
    }
  };
  const source = Readable.from(lines());
  source.on("error", (error) => csv.destroy(error));
  return source.pipe(csv);
}
