import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import type { Ctx, Tx } from "#platform/context";
import { isOwned, withinReach } from "./access/index.ts";
import type { ObjectDescription } from "./object.ts";
import type { Row } from "./registry.ts";

/** Ties the record to its ids elsewhere; an id that already names another record is refused. */
export async function saveExternalIds(tx: Tx, object: ObjectDescription, id: string, ids: unknown): Promise<void> {
  for (const [system, external] of Object.entries((ids ?? {}) as Record<string, string>)) {
    const { rows } = await sql<{ record_id: string }>`
      insert into external_ids (object, system, external_id, record_id) values (${object.name}, ${system}, ${external}, ${id})
      on conflict (object, system, external_id) do update set record_id = external_ids.record_id returning record_id`.execute(
      tx.db,
    );
    const has = rows[0]!.record_id;
    if (has !== id) throw await externalIdTaken(tx, object, { system, id: external }, has);
  }
}

/** Why an id elsewhere is refused: who has it, or, where one may not see that, only that somebody has it and whom to ask. */
export async function externalIdTaken(tx: Tx, object: ObjectDescription, external: { system: string; id: string }, has: string): Promise<Refused> {
  const owner = isOwned(object) ? sql`(select u.name from rondo.users u where u.id = t.owner_id)` : sql`null`;
  const { rows } = await sql<Row & { owner: string | null }>`select t.*, ${owner} as owner from ${sql.table(object.table)} t where t.id = ${has}`.execute(tx.db);
  const [taken] = rows;
  const refused = (message: string, detail: Record<string, unknown>): Refused =>
    new Refused("invalid", "external-id.taken", message, { fields: [{ field: `external_ids.${external.system}`, message }], detail });
  const label = object.label.toLowerCase();
  if (!taken) return refused(`A ${label} that is gone for good had the id "${external.id}" in ${external.system}.`, {});
  if (!(await withinReach(tx, object, [has])).has(has))
    return refused(`Another ${label}, which you may not see, has the id "${external.id}" in ${external.system}; ask ${taken.owner ?? "an administrator"}.`, { hidden: true, owner: taken.owner });
  const called = taken[object.title];
  const title = typeof called === "string" ? called : object.label;
  const where = taken.deleted_at ? " It is in the trash." : "";
  return refused(`The ${label} ${title} has the id "${external.id}" in ${external.system} already.${where}`, { record_id: has, title });
} // prettier-ignore

/** The record that carries this id in that system; null when none does. */
export async function findByExternalId(
  ctx: Ctx,
  object: string,
  system: string,
  externalId: string,
): Promise<string | null> {
  const { rows } = await sql<{ record_id: string }>`
    select record_id from external_ids where object = ${object} and system = ${system} and external_id = ${externalId}`.execute(
    ctx.db,
  );
  return rows[0]?.record_id ?? null;
}
