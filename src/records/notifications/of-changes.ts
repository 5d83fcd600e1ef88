import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { followersOf } from "../comments/follow.ts";
import { typeNamed } from "../custom/described.ts";
import { pathOf, titleOf } from "../named.ts";
import { objectNamed, type Act, type RecordType, type Row } from "../registry.ts";
import { notify } from "./notify.ts";

// What makes somebody want to know: whose it is, and where it stands.
const standings = ["status", "stage_id"];
// An act on more records than this is a job's work or a person's bulk edit; its result is told, not every record.
const atMost = 20;

interface ChangeEntry {
  object: string;
  record_id: string;
  action: Act;
  fields: Record<string, [unknown, unknown]> | null;
}

async function typeOf(tx: Tx, { object }: ChangeEntry): Promise<RecordType | undefined> {
  const type = await typeNamed(tx, object);
  return type?.object.page === false ? undefined : type;
}

const tells = ({ fields, action }: ChangeEntry): boolean =>
  fields !== null && ("owner_id" in fields || (action === "updated" && standings.some((name) => name in fields)));

/** Tells new owners that a record is theirs, and followers that it moved; in the change's own transaction. */
export async function notifyOfChanges(tx: Tx, set: string, entries: readonly ChangeEntry[]): Promise<void> {
  if (tx.jobId || entries.length > atMost) return;
  for (const entry of entries) {
    const type = tells(entry) ? await typeOf(tx, entry) : undefined;
    if (type) await tellOf(tx, set, entry, type);
  }
}

async function tellOf(tx: Tx, set: string, { object, record_id, fields, action }: ChangeEntry, type: RecordType): Promise<void> {
  const { rows } = await sql<Row>`select * from ${sql.table(type.object.table)} where id = ${record_id}`.execute(tx.db);
  const row = rows[0];
  if (!row || !fields) return;
  const about = { about: { object, record_id }, title: titleOf(object, row), path: pathOf({ object, record_id }) };
  const owner = fields.owner_id?.[1];
  if (typeof owner === "string") await notify(tx, { ...about, users: [owner], kind: "assigned", key: `change:${set}:${record_id}`, text: "" });
  const name = standings.find((one) => one in fields);
  if (!name || action !== "updated") return;
  const following = await followersOf(tx, record_id, row);
  const users = following.map((f) => f.id).filter((id) => id !== owner);
  if (users.some((id) => id !== tx.actor.id))
    await notify(tx, { ...about, users, kind: "moved", key: `change:${set}:${record_id}`, text: await standingWords(tx, type, name, fields[name]![1]) });
} // prettier-ignore

/** What a person calls the status or stage. */
async function standingWords(tx: Tx, { object }: RecordType, name: string, value: unknown): Promise<string> {
  const field = object.fields.find((f) => f.name === name);
  const label = field?.choices?.find((c) => c.value === value)?.label;
  if (label) return label;
  if (field?.type !== "relation" || !field.to || typeof value !== "string") return String(value);
  const to = objectNamed(field.to);
  const { rows } = await sql<{ title: string }>`
    select ${sql.id(to.title)} as title from ${sql.table(to.table)} where id = ${value}`.execute(tx.db);
  return rows[0]?.title ?? "";
}
