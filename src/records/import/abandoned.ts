import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { removeUpload } from "#platform/files";

/*
 * Words we use
 *   abandoned   a file that somebody uploaded a week ago and never imported: it would lie on the disk for ever
 */

/** When the next file becomes abandoned; null when none waits. */
export async function abandonedAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(created_at) + interval '7 days' as at from imports where job_id is null`.execute(ctx.db);
  return rows[0]!.at;
}

/** Forgets abandoned files; answers how many. */
export async function sweepAbandoned(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ id: string; path: string }>`
    delete from imports where job_id is null and created_at <= ${ctx.clock()}::timestamptz - interval '7 days' returning id, path`.execute(
    ctx.db,
  );
  for (const upload of rows) await removeUpload(upload);
  return rows.length;
}
