import { CompiledQuery } from "kysely";
import type { Ctx } from "#platform/context";
import { customScalar } from "../condition/index.ts";
import { whereOf } from "../list.ts";
import type { Field, ObjectDescription } from "../object.ts";
import type { Candidate } from "./records.ts";

// Each is a look into an index of its own, or through a small table.
const fieldsAtMost = 8;
const limit = 20;
const searched: ReadonlySet<Field["type"]> = new Set(["text", "email", "phone"]);

/** The fields of one's own whose values the search knows: short texts that are fast, or any while the table is small. */
const fieldsOf = (object: ObjectDescription): Field[] =>
  object.fields.filter((f) => f.name.startsWith("custom.") && f.sortable && !f.worked && searched.has(f.type)).slice(0, fieldsAtMost); // prettier-ignore

/** Records that have the text, or one that begins so, under a field of one's own: a contract's number, a second e-mail. */
export async function inOwnFields(ctx: Ctx, objects: readonly ObjectDescription[], text: string): Promise<Candidate[]> {
  const params: unknown[] = [];
  const arms = objects.flatMap((object) =>
    fieldsOf(object).map((field) => {
      const filter = { field: field.name, op: "starts_with", value: text.trim() } as const;
      const where = whereOf(ctx, object, { filter }, params);
      return `(select '${object.name}' as object, t.id, t."${object.title}" as title, (${customScalar("t", field)}) as subtitle, t.updated_at as at from "${object.table}" t where ${where} limit ${limit})`;
    }),
  );
  if (arms.length === 0) return [];
  // Planned for its text: what serves three letters does not serve two.
  const sql = `/* for this text */ ${arms.join(" union all ")}`;
  return (await ctx.db.executeQuery<Candidate>(CompiledQuery.raw(sql, params))).rows;
}
