import { sql } from "kysely";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { isDangerous, type StoredFile } from "#platform/files";
import { record, withdraw } from "#timeline";
import { lockedRecord } from "../beside.ts";
import { customerOf, type RecordRef } from "../named.ts";
import { filesAtMost, keyOf } from "./file.ts";

export interface NewFile extends RecordRef {
  name: string;
  /** As sniffed. */
  type: string;
}

/**
 * Adds an uploaded file to a record. Noted before its bytes are kept, so that what a dying process leaves behind is found and swept;
 * it appears when they are.
 */
export async function addFile(ctx: Ctx, stored: StoredFile, file: NewFile): Promise<{ id: string }> {
  if (isDangerous(file.type, file.name))
    throw new Refused("invalid", "file.program", "Programs are not kept here: opening one would run it. Send it as an archive.", {
      fields: [{ field: "file", message: "This is a program." }],
    }); // prettier-ignore
  await inTransaction(ctx, (tx) => note(tx, stored, file));
  await ctx.outside.files.keep(keyOf(ctx, stored.id), stored.path);
  await inTransaction(ctx, async (tx) => {
    const row = await lockedRecord(tx, file);
    const fact_id = await tellOf(tx, row, { ...file, id: stored.id });
    await sql`update files set kept_at = ${tx.clock()}, fact_id = ${fact_id} where id = ${stored.id}`.execute(tx.db);
  });
  return { id: stored.id };
}

async function note(tx: Tx, stored: StoredFile, { object, record_id, name, type }: NewFile): Promise<void> {
  await lockedRecord(tx, { object, record_id });
  // The record is locked, so the count cannot be overtaken.
  const { rows } = await sql<{ id: string }>`
    insert into files (id, object, record_id, name, type, bytes, sha256, by_id, by_name, created_at)
    select ${stored.id}, ${object}, ${record_id}, ${name}, ${type}, ${stored.bytes}, ${stored.sha256}, ${tx.actor.kind === "user" ? tx.actor.id : null}, ${tx.actor.name}, ${tx.clock()}
     where (select count(*) from files where record_id = ${record_id} and deleted_at is null) < ${filesAtMost} returning id`.execute(
    tx.db,
  );
  if (!rows[0])
    throw new Refused("conflict", "files.many", `A record holds at most ${filesAtMost} files. Take one away first.`);
}

async function tellOf(
  tx: Tx,
  row: Parameters<typeof customerOf>[1],
  file: Pick<NewFile, "object" | "record_id" | "name"> & { id: string },
): Promise<string | null> {
  const whose = customerOf(file.object, row);
  if (!whose.contact_id && !whose.account_id) return null;
  const { object, record_id, name } = file;
  return record(tx, { ...whose, name: "file.added", payload: { file_id: file.id, name, object, record_id } });
}

interface Moved extends RecordRef {
  id: string;
  name: string;
  fact_id: string | null;
}

/** Moves a file to the trash, and its line off the timeline. */
export const trashFile = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { file, row } = await moved(tx, id, true);
    if (!file.fact_id) return;
    const by = await record(tx, { ...customerOf(file.object, row), name: "entry.removed", payload: { what: "file", of: id } }); // prettier-ignore
    await withdraw(tx, [file.fact_id, by], by);
  });

/** Takes a file out of the trash. */
export const restoreFile = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { file, row } = await moved(tx, id, false);
    await sql`update files set fact_id = ${await tellOf(tx, row, file)} where id = ${id}`.execute(tx.db);
  });

async function moved(tx: Tx, id: string, trashed: boolean): Promise<{ file: Moved; row: Parameters<typeof customerOf>[1] }> {
  const { rows } = await sql<Moved>`
    update files set deleted_at = ${trashed ? tx.clock() : null}
     where id = ${id} and kept_at is not null and deleted_at is ${sql.raw(trashed ? "null" : "not null")}
    returning id, object, record_id, name, fact_id`.execute(tx.db);
  const file = rows[0];
  if (!file) throw notFound("file");
  return { file, row: await lockedRecord(tx, file) };
} // prettier-ignore
