import { CompiledQuery, sql } from "kysely";
import type { Tx } from "#platform/context";
import type { ObjectDescription } from "./object.ts";
import { objectsFor } from "./custom/described.ts";

/**
 * The values without colleagues who left and records that are gone or in the trash: what follows a fact by itself must not stop on what
 * somebody would have to choose anew.
 */
export async function stillThere<V extends object>(tx: Tx, object: ObjectDescription, values: V): Promise<V> {
  const objects = await objectsFor(tx);
  const kept = { ...values } as Record<string, unknown>;
  for (const { name, type, to } of object.fields) {
    const id = kept[name];
    if (typeof id !== "string") continue;
    if (type === "user") kept[name] = (await isColleague(tx, id)) ? id : null;
    if (type !== "relation" || !to) continue;
    const text = `select 1 from "${objects(to).table}" where id = $1 and deleted_at is null`;
    if ((await tx.db.executeQuery(CompiledQuery.raw(text, [id]))).rows.length === 0) kept[name] = null;
  }
  return kept as V;
}

const isColleague = async (tx: Tx, id: string): Promise<boolean> =>
  (await sql`select 1 from rondo.members where workspace_id = ${tx.workspace.id} and user_id = ${id}`.execute(tx.db)).rows.length > 0; // prettier-ignore
