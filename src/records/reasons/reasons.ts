import { sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { differences, noteChanges } from "../changes.ts";
import type { Row } from "../registry.ts";
import { createRecord, updateRecord } from "../write.ts";
import { reasonType, type Reason, type ReasonUse } from "./reason.ts";

/** Reasons in the order of the taxonomy, groups before their members; only those offered for the use when one is given. */
export async function listReasons(ctx: Ctx, appliesTo?: ReasonUse, options: { retired?: boolean } = {}): Promise<Reason[]> {
  const { rows } = await sql<Reason>`
    select r.id, r.label, r.applies_to, r.parent_id, p.label as parent, r.position, r.active, r.version
      from reasons r left join reasons p on p.id = r.parent_id
     where r.deleted_at is null and (${appliesTo ?? null}::text is null or ${appliesTo ?? null} = any(r.applies_to)) and (r.active or ${options.retired ?? false})
     order by coalesce(p.position, r.position), coalesce(p.label, r.label), r.parent_id is not null, r.position, r.label`.execute(ctx.db);
  return rows;
} // prettier-ignore

/** The id of the reason with that label, whatever its case; one that is not there yet, or not for this use, becomes so. */
export async function reasonNamed(tx: Tx, label: string, appliesTo: ReasonUse): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into reasons as r (id, label, applies_to, position, created_at, updated_at)
    values (${newId()}, ${label}, ${[appliesTo]}, 1000, ${tx.clock()}, ${tx.clock()})
        on conflict (lower(label)) do update
       set applies_to = case when ${appliesTo} = any(r.applies_to) then r.applies_to else r.applies_to || ${appliesTo}::text end
    returning id`.execute(tx.db);
  return rows[0]!.id;
}

/** Refuses, naming the field, a reason that is not there, retired, or not meant for this use; answers its label. */
export async function checkReason(tx: Tx, id: string, appliesTo: ReasonUse, field = "reason_id"): Promise<string> {
  const { rows } = await sql<{ label: string; active: boolean; applies: boolean }>`
    select label, active, ${appliesTo} = any(applies_to) as applies from reasons where id = ${id} and deleted_at is null`.execute(
    tx.db,
  );
  const found = rows[0];
  if (!found) throw invalid(field, "There is no such reason.");
  if (!found.active) throw invalid(field, `“${found.label}” is retired; choose another reason.`, "reason.retired");
  if (!found.applies) throw invalid(field, `“${found.label}” is not a reason for this.`, "reason.other-use");
  return found.label;
}

export interface ReasonValues {
  label?: string | undefined;
  applies_to?: ReasonUse[] | undefined;
  parent_id?: string | null | undefined;
  active?: boolean | undefined;
}

/** Adds a reason at the end of its group; answers its id. */
export const addReason = (ctx: Ctx | Tx, values: ReasonValues & { label: string; applies_to: ReasonUse[] }): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    await check(tx, null, values);
    const { rows } = await sql<{ next: number }>`
      select coalesce(max(position), 0) + 1 as next from reasons where parent_id is not distinct from ${values.parent_id ?? null}`.execute(tx.db);
    return (await createRecord(tx, reasonType, { ...values, position: rows[0]!.next })).id;
  }); // prettier-ignore

/** Renames, moves, retires a reason or changes what it explains. */
export const changeReason = (ctx: Ctx | Tx, id: string, version: number | undefined, values: ReasonValues): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await check(tx, id, values);
    const { rows } = await sql<Row>`select * from reasons where id = ${id} for update`.execute(tx.db);
    const given = Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined));
    const after = await updateRecord(tx, reasonType, id, version, given);
    const fields = differences(rows[0] ?? null, after, ["applies_to"]);
    if (Object.keys(fields).length > 0) await noteChanges(tx, [{ object: "reason", record_id: id, action: "updated", fields }]);
  }); // prettier-ignore

/** The version of the taxonomy as a whole: every change of a reason, and every new one, makes it larger. */
export async function reasonsVersion(ctx: Ctx | Tx): Promise<number> {
  const { rows } = await sql<{
    version: number;
  }>`select coalesce(sum(version), 0)::int as version from reasons`.execute(ctx.db);
  return rows[0]!.version;
}

/** Puts these reasons in this order, within their groups, when the taxonomy is still of the version the caller saw. */
export const orderReasons = (ctx: Ctx | Tx, version: number, ids: readonly string[]): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await hold(tx);
    if ((await reasonsVersion(tx)) !== version)
      throw new Refused("stale", "reasons.stale", "Somebody changed the reasons since you opened them.");
    await sql`
      update reasons r set position = o.place, updated_at = ${tx.clock()}, version = version + 1
        from unnest(${ids}::uuid[]) with ordinality o(id, place) where o.id = r.id and r.position <> o.place`.execute(
      tx.db,
    );
  });

// The tree is changed by one transaction at a time, so that two moves never make three levels.
const hold = (tx: Tx): Promise<unknown> => sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/reasons'))`.execute(tx.db); // prettier-ignore

async function check(tx: Tx, id: string | null, { label, parent_id }: ReasonValues): Promise<void> {
  await hold(tx);
  if (label !== undefined) {
    const { rows } = await sql`select 1 from reasons where lower(label) = lower(${label}) and id is distinct from ${id}`.execute(tx.db); // prettier-ignore
    if (rows.length > 0) throw invalid("label", `There is a reason “${label}” already.`, "reason.label-taken");
  }
  if (!parent_id) return;
  const { rows } = await sql<{ deep: boolean; group: boolean }>`
    select (select parent_id is not null from reasons where id = ${parent_id}) as deep, exists (select from reasons where parent_id = ${id}) as "group"`.execute(
    tx.db,
  );
  if (rows[0]!.deep || rows[0]!.group || parent_id === id)
    throw invalid("parent_id", "A group has reasons, and these have none below them.", "reason.too-deep");
}
