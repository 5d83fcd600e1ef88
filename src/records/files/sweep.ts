import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { keyOf } from "./file.ts";

// What a dying process left half kept, and what nobody saved with a record, goes after a day, what people threw away after thirty.
const due = sql`case when kept_at is null or record_id is null then created_at + interval '1 day' else deleted_at + interval '30 days' end`;
const atOnce = 100;

/** When the next file is removed for good; null when none is to be. */
export async function sweepFilesAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select least((select min(created_at) from files where kept_at is null) + interval '1 day',
                 (select min(created_at) from files where record_id is null) + interval '1 day',
                 (select min(deleted_at) from files where deleted_at is not null) + interval '30 days') as at`.execute(
    ctx.db,
  );
  return rows[0]!.at;
}

/** Removes what is due for good, the bytes first: a process that dies in between does it again. Answers how many. */
export async function sweepFiles(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from files where (kept_at is null or record_id is null or deleted_at is not null) and ${due} <= ${ctx.clock()} limit ${atOnce}`.execute(
    ctx.db,
  );
  for (const { id } of rows) {
    await ctx.outside.files.remove(keyOf(ctx, id));
    await sql`delete from files where id = ${id}`.execute(ctx.db);
  }
  return rows.length;
}
