import { sql } from "kysely";
import { invalid, Refused } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { customKey } from "../custom/definition.ts";
import type { Field, ObjectDescription } from "../object.ts";
import type { Values } from "../registry.ts";
import { filesAtMost, freshSince } from "./file.ts";
import { tellOfFile } from "./tell.ts";

/*
 * A field of the company's own may hold a file: it names one of its record's files by id. What is fresh becomes the record's when the
 * record is saved with it; a file that is replaced stays beside the record.
 */
type Whose = Parameters<typeof tellOfFile>[1];

const fileFields = (object: ObjectDescription): { field: Field; key: string }[] =>
  object.fields.flatMap((field) => {
    const key = field.type === "file" ? customKey(field.name) : undefined;
    return key === undefined ? [] : [{ field, key }];
  });

/** Makes the files that custom values name the record's; refuses one that is another record's, somebody else's, or gone. */
export async function holdFiles(tx: Tx, object: ObjectDescription, row: Whose, custom: Values): Promise<void> {
  for (const { field, key } of fileFields(object)) {
    const id = custom[key];
    if (typeof id === "string") await hold(tx, object, row, field, id);
  }
}

interface Held {
  record_id: string | null;
  by_id: string | null;
  name: string;
  fresh: boolean;
}

async function hold(tx: Tx, { name: object }: ObjectDescription, row: Whose, field: Field, id: string): Promise<void> {
  const { rows } = await sql<Held>`
    select record_id, by_id, name, created_at > ${freshSince(tx)} as fresh from files
     where id = ${id} and object = ${object} and kept_at is not null and deleted_at is null for update`.execute(tx.db);
  const file = rows[0];
  if (file?.record_id === row.id) return;
  const isMine = file?.record_id === null && file.fresh && file.by_id !== null && file.by_id === tx.actor.id;
  if (!file || !isMine)
    throw invalid(field.name, "This is no file of this record; choose one of its files, or send it anew.", "file.elsewhere");
  const fact_id = await tellOfFile(tx, row, { id, object, record_id: row.id, name: file.name });
  const { rows: held } = await sql`
    update files set record_id = ${row.id}, fact_id = ${fact_id}
     where id = ${id} and (select count(*) from files where record_id = ${row.id} and deleted_at is null) < ${filesAtMost} returning id`.execute(tx.db);
  if (held.length === 0) throw tooMany();
} // prettier-ignore

/** The refusal of one file more than a record holds. */
export const tooMany = (): Refused =>
  new Refused("conflict", "files.many", `A record holds at most ${filesAtMost} files. Take one away first.`);
