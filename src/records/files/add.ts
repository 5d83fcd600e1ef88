import { sql } from "kysely";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { isDangerous, type StoredFile } from "#platform/files";
import { record, withdraw } from "#timeline";
import { lockedRecord } from "../beside.ts";
import { customerOf, type RecordRef } from "../named.ts";
import { leaveFields, returnToFields } from "./fields.ts";
import { fileNamed, filesAtMost, freshAtMost, freshSince, keyOf } from "./file.ts";
import { tooMany } from "./hold.ts";
import { mustSee } from "./see.ts";
import { tellOfFile } from "./tell.ts";

export interface NewFile {
  object: string;
  /** Absent when the record is not saved yet: the file is fresh. */
  record_id?: string | undefined;
  name: string;
  /** As sniffed. */
  type: string;
  /** When it was added; now unless said. */
  at?: Date;
}

/**
 * Adds an uploaded file to a record. Noted before its bytes are kept, so that what a dying process leaves behind is found and swept;
 * it appears when they are. Without a record it is fresh, for a field of a record that is not saved yet.
 */
export async function addFile(ctx: Ctx, stored: StoredFile, file: NewFile): Promise<{ id: string }> {
  if (isDangerous(file.type, file.name))
    throw new Refused("invalid", "file.program", "Programs are not kept here: opening one would run it. Send it as an archive.", {
      fields: [{ field: "file", message: "This is a program." }],
    }); // prettier-ignore
  await inTransaction(ctx, (tx) => note(tx, stored, file));
  await ctx.outside.files.keep(keyOf(ctx, stored.id), stored.path);
  // Noted by the real clock: what is noted as of long ago is due to be swept before its bytes are kept.
  const { at } = file;
  await inTransaction(at ? { ...ctx, clock: () => at } : ctx, async (tx) => {
    const fact_id = isBeside(file) ? await tellOfFile(tx, await lockedRecord(tx, file), { ...file, id: stored.id }) : null;
    const { rows } = await sql`
      update files set kept_at = ${tx.clock()}, created_at = coalesce(${at ?? null}::timestamptz, created_at), fact_id = ${fact_id}
       where id = ${stored.id} returning id`.execute(tx.db);
    if (rows.length === 0) throw new Refused("conflict", "file.swept", "Keeping this file took longer than a day. Send it again.");
  });
  return { id: stored.id };
} // prettier-ignore

const isBeside = (file: NewFile): file is NewFile & RecordRef => file.record_id !== undefined;

async function note(tx: Tx, stored: StoredFile, file: NewFile): Promise<void> {
  const { object, record_id = null, name, type } = file;
  const by_id = tx.actor.kind === "user" ? tx.actor.id : null;
  // Locked, so that the count cannot be overtaken.
  if (isBeside(file)) await lockedRecord(tx, file);
  else await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/fresh-files/' || ${by_id}))`.execute(tx.db);
  const hasRoom = isBeside(file)
    ? sql`(select count(*) from files where record_id = ${record_id} and deleted_at is null) < ${filesAtMost}`
    : sql`(select count(*) from files where record_id is null and by_id = ${by_id} and created_at > ${freshSince(tx)}) < ${freshAtMost}`;
  const { rows } = await sql<{ id: string }>`
    insert into files (id, object, record_id, name, type, bytes, sha256, by_id, by_name, created_at)
    select ${stored.id}, ${object}, ${record_id}::uuid, ${name}, ${type}, ${stored.bytes}, ${stored.sha256}, ${by_id}::uuid, ${tx.actor.name}, ${tx.clock()}
     where ${hasRoom} returning id`.execute(tx.db);
  if (rows[0]) return;
  throw isBeside(file) ? tooMany() : new Refused("conflict", "files.fresh", `${freshAtMost} files you sent wait for their records; save those first.`);
} // prettier-ignore

/** Gives up a file that its sender sent for a record which is not saved: it is swept at once. One that is a record's by now stays. */
export const giveUpFile = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    if (tx.actor.kind !== "user") return;
    await sql`update files set kept_at = null, created_at = 'epoch' where id = ${id} and record_id is null and by_id = ${tx.actor.id}`.execute(tx.db);
  }); // prettier-ignore

interface Moved extends RecordRef {
  id: string;
  name: string;
  fact_id: string | null;
  left_set: string | null;
}

/** Moves a file to the trash, and its line off the timeline. */
export const trashFile = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await mayMove(tx, id);
    const { file, row } = await moved(tx, id, true);
    await sql`update files set left_set = ${await leaveFields(tx, file, id)} where id = ${id}`.execute(tx.db);
    if (!file.fact_id) return;
    const by = await record(tx, { ...customerOf(file.object, row), name: "entry.removed", payload: { what: "file", of: id } }); // prettier-ignore
    await withdraw(tx, [file.fact_id, by], by);
  });

/** Takes a file out of the trash. */
export const restoreFile = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await mayMove(tx, id);
    const { file, row } = await moved(tx, id, false);
    await sql`update files set fact_id = ${await tellOfFile(tx, row, file)} where id = ${id}`.execute(tx.db);
    await returnToFields(tx, file, id, file.left_set);
  });

async function mayMove(tx: Tx, id: string): Promise<void> {
  const file = await fileNamed(tx, id);
  if (!file) throw notFound("file");
  await mustSee(tx, file);
}

async function moved(tx: Tx, id: string, trashed: boolean): Promise<{ file: Moved; row: Parameters<typeof customerOf>[1] }> {
  const { rows } = await sql<Moved>`
    update files set deleted_at = ${trashed ? tx.clock() : null}
     where id = ${id} and kept_at is not null and record_id is not null and deleted_at is ${sql.raw(trashed ? "null" : "not null")}
    returning id, object, record_id, name, fact_id, left_set`.execute(tx.db);
  const file = rows[0];
  if (!file) throw notFound("file");
  return { file, row: await lockedRecord(tx, file) };
} // prettier-ignore
