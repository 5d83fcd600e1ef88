import { sql, type RawBuilder } from "kysely";
import type { Ctx } from "#platform/context";
import type { ObjectDescription } from "../object.ts";

/** A file in a query: its id, and the id of the record it lies beside. */
interface Asked {
  id: RawBuilder<unknown>;
  record_id: RawBuilder<unknown>;
}

/**
 * Whether the file stands in a field of its record that the role may not read, retired fields too: it is then as if it were not
 * there. Undefined for a role that reads every field, which costs nothing.
 */
export function inHiddenField(ctx: Pick<Ctx, "access">, object: ObjectDescription, file: Asked): RawBuilder<boolean> | undefined {
  const rights = ctx.access === "above" ? undefined : ctx.access.fields[object.plural];
  if (!rights || !object.custom) return undefined;
  return sql<boolean>`exists (
    select from custom_fields held join ${sql.table(object.table)} whose on whose.id = ${file.record_id}
     where held.object = ${object.name} and held.type = 'file' and ('custom.' || held.key) <> all(${[...rights.read]}::text[])
       and whose.custom ->> held.key = ${file.id}::text)`;
} // prettier-ignore
