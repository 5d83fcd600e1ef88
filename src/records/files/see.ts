import { sql } from "kysely";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { seenRecord } from "../beside.ts";
import { shownFiles, type NamedFile } from "./file.ts";

/**
 * Refuses a file as not found: what lies beside a record is for whoever sees the record and the fields it stands in, what is fresh
 * for whoever sent it.
 */
export async function mustSee(ctx: Ctx, { id, object, record_id, by_id }: NamedFile): Promise<void> {
  if (record_id !== null) {
    const ref = { object, record_id };
    await seenRecord(ctx, ref);
    const { rows } = await sql`select from files where id = ${id} and ${await shownFiles(ctx, ref)}`.execute(ctx.db);
    if (rows.length === 0) throw notFound("file");
  } else if (ctx.actor.kind !== "user" || by_id !== ctx.actor.id) throw notFound("file");
}
