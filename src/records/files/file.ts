import { sql, type RawBuilder } from "kysely";
import type { Ctx } from "#platform/context";
import { inHiddenField } from "../access/index.ts";
import { typeNamed } from "../custom/described.ts";
import type { RecordRef } from "../named.ts";

/*
 * Words we use
 *   file   bytes with a name beside a record; its type is sniffed, never believed
 *   kept   the store has all of its bytes; a file that is not kept yet is there for nobody
 *   fresh  sent for a field of a record that is not saved yet: beside no record, and there for whoever sent it alone
 */
export interface FileOfRecord {
  id: string;
  object: string;
  record_id: string;
  name: string;
  type: string;
  bytes: number;
  by_name: string;
  created_at: Date;
}

/** The most files one record holds. */
export const filesAtMost = 500;
/** How long a fresh file waits to become a record's; it is swept after a day. */
const freshForHours = 12;
/** The most fresh files that wait for one person. */
export const freshAtMost = 50;

/** The instant after which a file was sent that may still become a record's. */
export const freshSince = (ctx: Ctx): Date => new Date(ctx.clock().getTime() - freshForHours * 3_600_000);

/** The key of a file's bytes in the store. */
export const keyOf = (ctx: Ctx, id: string): string => `${ctx.workspace.schema}/${id}`;

/** What is there of a record's files for whoever asks, in a query of files: not those in fields that the role may not read. */
export async function shownFiles(ctx: Ctx, { object, record_id }: RecordRef): Promise<RawBuilder<boolean>> {
  const type = await typeNamed(ctx, object);
  const hidden = type && inHiddenField(ctx, type.object, { id: sql.ref("files.id"), record_id: sql`${record_id}::uuid` });
  return hidden ? sql<boolean>`not ${hidden}` : sql<boolean>`true`;
} // prettier-ignore

/** The files of a record that whoever asks may see, newest first. */
export async function filesOf(ctx: Ctx, ref: RecordRef): Promise<FileOfRecord[]> {
  const { object, record_id } = ref;
  const { rows } = await sql<FileOfRecord>`
    select id, object, record_id, name, type, bytes, by_name, created_at from files
     where record_id = ${record_id} and object = ${object} and deleted_at is null and kept_at is not null and ${await shownFiles(ctx, ref)}
     order by created_at desc, id desc limit ${filesAtMost}`.execute(ctx.db);
  return rows;
}

/** A file as it lies, fresh or beside a record. */
export interface NamedFile extends Omit<FileOfRecord, "record_id"> {
  record_id: string | null;
  by_id: string | null;
  deleted_at: Date | null;
}

/** The file, in the trash or not; null when there is none. */
export async function fileNamed(ctx: Ctx, id: string): Promise<NamedFile | null> {
  const { rows } = await sql<NamedFile>`
    select id, object, record_id, name, type, bytes, by_name, created_at, by_id, deleted_at from files
     where id = ${id} and kept_at is not null`.execute(ctx.db);
  return rows[0] ?? null;
}

/** What is told of a file. */
export const toldOf = ({ id, object, record_id, name, type, bytes, by_name, created_at }: NamedFile) => ({ id, object, record_id, name, type, bytes, by_name, created_at }); // prettier-ignore
