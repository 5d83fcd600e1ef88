import { sql } from "kysely";
import type { Ctx, Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";
import { buildAll } from "./build.ts";
import { enqueueBuild } from "./segment.ts";

/** Deletes segments for good, with their members and their history. */
export async function forgetSegments(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const table of ["segment_members", "segment_flips", "segment_days"])
    await sql`delete from ${sql.table(table)} where segment_id = any(${ids})`.execute(tx.db);
  await sql`delete from jobs where kind like 'segments.%' and input ->> 'segment_id' = any(${ids})`.execute(tx.db);
  await sql`delete from segments where id = any(${ids})`.execute(tx.db);
  await forgetHistoryOf(tx, ids);
}

/** Counts all members anew and has dynamic segments computed: contacts or facts were taken away for good, which no fact tells. */
export const rebuildSegments = (ctx: Ctx): Promise<void> => buildAll(ctx, enqueueBuild);
