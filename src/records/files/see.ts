import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { seenRecord } from "../beside.ts";
import type { NamedFile } from "./file.ts";

/** Refuses a file as not found: what lies beside a record is for whoever sees the record, what is fresh for whoever sent it. */
export async function mustSee(ctx: Ctx, { object, record_id, by_id }: NamedFile): Promise<void> {
  if (record_id !== null) await seenRecord(ctx, { object, record_id });
  else if (ctx.actor.kind !== "user" || by_id !== ctx.actor.id) throw notFound("file");
}
