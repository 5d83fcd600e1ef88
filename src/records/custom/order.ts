import { CompiledQuery, sql } from "kysely";
import { invalid, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { noteChanges } from "../changes.ts";
import { recordTypes } from "../registry.ts";
import { customKey } from "./definition.ts";
import { definitionsChanged, ownObjectsFor } from "./described.ts";
import { findField, listFields } from "./fields.ts";

/** How many records hold each choice of the field, those in the trash too: they may come back. */
export async function heldChoices(ctx: Ctx, id: string): Promise<Record<string, number>> {
  const field = await findField(ctx, id);
  const table = [...recordTypes().map((t) => t.object), ...(await ownObjectsFor(ctx))].find((o) => o.name === field.object)?.table;
  if (!table || (field.type !== "choice" && field.type !== "choices")) return {};
  const at = `custom -> '${customKey(`custom.${field.key}`)}'`;
  const { rows } = await ctx.db.executeQuery<{ value: string; n: number }>(
    CompiledQuery.raw(
      `select v #>> '{}' as value, count(*)::int as n from (select case jsonb_typeof(j) when 'array' then j else jsonb_build_array(j) end as list from (select ${at} as j from "${table}" where custom ? $1) held) lists, jsonb_array_elements(list) v group by 1`,
      [field.key],
    ),
  );
  return Object.fromEntries(rows.map((r) => [r.value, r.n]));
} // prettier-ignore

/** Puts the fields of an object in that order, all of them at once, where they stand as `seen`; those not named follow as they were. */
export const orderFields = (ctx: Ctx | Tx, object: string, { ids, seen }: { ids: readonly string[]; seen: readonly string[] }): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/custom-fields'))`.execute(tx.db);
    const before = await listFields(tx, object);
    const known = new Map(before.map((f) => [f.id, f]));
    if (!ids.every((id) => known.has(id)) || new Set(ids).size < ids.length)
      throw invalid("ids", "Name fields of this object, each once.");
    if (JSON.stringify(before.map((f) => f.id)) !== JSON.stringify(seen))
      throw new Refused("stale", "fields.stale", "Somebody changed the order of these fields, or which there are, since you looked.");
    const named = new Set(ids);
    const order = [...ids, ...before.filter((f) => !named.has(f.id)).map((f) => f.id)];
    const moved = order.flatMap((id, i) => (known.get(id)!.position === i + 1 ? [] : [{ id, position: i + 1 }]));
    if (moved.length === 0) return;
    // Their versions stay: a form that is open on one of them says nothing of where it stands.
    await sql`
      update custom_fields f set position = m.position, updated_at = ${tx.clock()}
        from json_to_recordset(${JSON.stringify(moved)}::json) m(id uuid, position int) where f.id = m.id`.execute(tx.db);
    await noteChanges(
      tx,
      moved.map(({ id, position }) => ({ object: "custom_field", record_id: id, action: "updated", fields: { position: [known.get(id)!.position, position] } })),
    );
    await definitionsChanged(tx);
  }); // prettier-ignore
