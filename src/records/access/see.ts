import { CompiledQuery } from "kysely";
import { notFound, Refused } from "#kernel/refusal";
import type { Ctx, Verb } from "#platform/context";
import type { ObjectDescription } from "../object.ts";
import { recordTypes } from "../registry.ts";
import { shownTo } from "./fields.ts";
import { reachesAll, reachSql } from "./reach.ts";
import { notYours, scopeOf } from "./scope.ts";

/** Those of the ids whose records are within reach of the verb; one query, none for whoever sees all. */
export async function withinReach(
  ctx: Ctx,
  object: ObjectDescription,
  ids: readonly string[],
  verb: Verb = "read",
): Promise<Set<string>> {
  const params: unknown[] = [[...new Set(ids)]];
  const reach = reachSql(ctx, object, verb, "t", params);
  if (reach === "true" || ids.length === 0) return new Set(ids);
  if (reach === "false") return new Set();
  const text = `select t.id from "${object.table}" t where t.id = any($1::uuid[]) and ${reach}`;
  const { rows } = await ctx.db.executeQuery<{ id: string }>(CompiledQuery.raw(text, params));
  return new Set(rows.map((r) => r.id));
}

/** Refuses a record out of reach: as if it were not there when it may not be seen, as forbidden when it may. */
export async function mustReach(ctx: Ctx, object: ObjectDescription, id: string, verb: Verb = "read"): Promise<void> {
  if ((await withinReach(ctx, object, [id], verb)).has(id)) return;
  if (verb === "read" || !(await withinReach(ctx, object, [id])).has(id)) throw notFound(object.name);
  throw notYours(object, verb);
}

/** Refuses an import by whoever does not reach all records and fields of the object: a file matches and fills any of them. */
export function refuseUnlessAll(ctx: Ctx, object: string): void {
  if (ctx.access === "above" || ctx.access.grants === null) return;
  const all = recordTypes().map((t) => t.object);
  const named = all.filter((o) => o.name === object || o.plural === object);
  // A file of customers or of orders with their people writes more than one kind.
  const written = named.length > 0 ? named : all.filter((o) => o.name === "contact" || o.name === "account");
  for (const o of written)
    if (!reachesAll(ctx, o, "update") || scopeOf(ctx, o, "create") === "none" || shownTo(ctx, o) !== o)
      throw new Refused("forbidden", "import.not-all", `Your role reaches only some ${o.label_plural.toLowerCase()} or fields of them; an import is for whoever reaches all.`); // prettier-ignore
}
