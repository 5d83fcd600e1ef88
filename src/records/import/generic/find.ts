import { CompiledQuery } from "kysely";
import type { Tx } from "#platform/context";
import { customKey } from "../../custom/definition.ts";
import { whereOf } from "../../list.ts";
import type { ObjectDescription } from "../../object.ts";

/** Ids by the text they were found by, in lower case; several when the text names several. */
export type Found = ReadonlyMap<string, readonly string[]>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function collect(tx: Tx, text: string, params: unknown[]): Promise<Map<string, string[]>> {
  const { rows } = await tx.db.executeQuery<{ k: string; id: string }>(CompiledQuery.raw(text, params));
  const found = new Map<string, string[]>();
  for (const { k, id } of rows) {
    const known = found.get(k);
    if (!known) found.set(k, [id]);
    else if (!known.includes(id)) known.push(id);
  }
  return found;
}

/** Records that may be seen and whose field says one of the texts, without regard to case. */
export function findBy(tx: Tx, object: ObjectDescription, field: string, texts: readonly string[], system: string): Promise<Found> {
  const wanted = [...new Set(texts.map((t) => t.toLowerCase()))];
  const params: unknown[] = [field === "rondo_id" ? wanted.filter((t) => uuid.test(t)) : field === "id" ? [...new Set(texts)] : wanted];
  const where = whereOf(tx, object, {}, params);
  const from = `from "${object.table}" t`;
  if (field === "rondo_id") return collect(tx, `select t.id::text as k, t.id ${from} where t.id = any($1::uuid[]) and ${where}`, params);
  if (field === "id") {
    params.push(object.name, system);
    return collect(tx, `select lower(e.external_id) as k, t.id ${from} join external_ids e on e.record_id = t.id where e.object = $${params.length - 1} and e.system = $${params.length} and e.external_id = any($1::text[]) and ${where}`, params);
  }
  const key = customKey(field);
  const column = key === undefined ? `t."${field}"` : `(t.custom ->> '${key}')`;
  return collect(tx, `select lower(${column}) as k, t.id ${from} where lower(${column}) = any($1::text[]) and ${where}`, params);
} // prettier-ignore

/** Records that texts of a relation name: by Rondo's id, an id elsewhere, an e-mail or number, or the title; the surest that hits. */
export async function findNamed(tx: Tx, object: ObjectDescription, texts: readonly string[], system: string): Promise<Found> {
  const found = new Map<string, readonly string[]>();
  const byNumber = object.fields.filter((f) => f.type === "email" || ["number", "sku", "domain"].includes(f.name));
  for (const field of new Set(["rondo_id", "id", ...byNumber.map((f) => f.name), object.title])) {
    const open = texts.filter((t) => !found.has(t.toLowerCase()));
    if (open.length === 0) break;
    for (const [text, ids] of await findBy(tx, object, field, open, system)) found.set(text, ids);
  }
  return found;
} // prettier-ignore

/** Colleagues by name or e-mail. */
export const findColleagues = (tx: Tx, texts: readonly string[]): Promise<Found> =>
  collect(
    tx,
    `select k.text as k, u.id from unnest($1::text[]) k(text) join rondo.users u on lower(u.email) = k.text or lower(u.name) = k.text
       join rondo.members m on m.user_id = u.id where m.workspace_id = $2`,
    [[...new Set(texts.map((t) => t.toLowerCase()))], tx.workspace.id],
  );
