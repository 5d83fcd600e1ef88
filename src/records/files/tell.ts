import type { Tx } from "#platform/context";
import { record } from "#timeline";
import { customerOf } from "../named.ts";

export interface ToldFile {
  id: string;
  object: string;
  record_id: string;
  name: string;
}

/** Tells the record's customer's timeline of a file; answers the fact's id, null when the record belongs to no customer. */
export async function tellOfFile(tx: Tx, row: Parameters<typeof customerOf>[1], file: ToldFile): Promise<string | null> {
  const whose = customerOf(file.object, row);
  if (!whose.contact_id && !whose.account_id) return null;
  const { object, record_id, name } = file;
  return record(tx, { ...whose, name: "file.added", payload: { file_id: file.id, name, object, record_id } });
} // prettier-ignore
