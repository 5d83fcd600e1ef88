import { sql } from "kysely";
import { invalid, Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { typeNamed } from "../custom/described.ts";
import type { Act, RecordType } from "../registry.ts";

/** The one permission function, which the app hands in. */
export type May = (ctx: Ctx, permission: string) => boolean;

/** The object of that name, singular or plural, when the caller may do that with its records; refused otherwise. */
export async function typeFor(
  ctx: Ctx,
  may: May,
  name: string,
  verb: "read" | "update" | "delete",
): Promise<RecordType> {
  const type = await typeNamed(ctx, name);
  if (!type) throw invalid("object", "There is no such object.");
  const permission = `${type.object.plural}.${verb}`;
  if (!may(ctx, permission))
    throw new Refused("forbidden", "not-allowed", `Your role (${ctx.role}) may not do this.`, {
      detail: { permission },
    });
  return type;
}

// To take a record's making or trashing back is to trash or restore it.
const verbOf = (action: Act): "update" | "delete" => (action === "updated" ? "update" : "delete");

/** Refuses whoever may not do the reverse of what the sets changed. */
export async function checkMayTakeBack(
  ctx: Ctx,
  may: May,
  sets: { set_id: string } | { job_id: string },
): Promise<void> {
  const which = "set_id" in sets ? sql`s.id = ${sets.set_id}` : sql`s.job_id = ${sets.job_id}`;
  const { rows } = await sql<{ object: string; action: Act }>`
    select distinct c.object, c.action from changes c join change_sets s on s.id = c.set_id where ${which}`.execute(
    ctx.db,
  );
  for (const { object, action } of rows)
    if (await typeNamed(ctx, object)) await typeFor(ctx, may, object, verbOf(action));
}
