import { sql, type RawBuilder } from "kysely";
import type { Ctx } from "#platform/context";
import type { FactReader } from "#timeline";
import type { ObjectDescription } from "../object.ts";
import { recordTypes } from "../registry.ts";
import { mayRead, shownTo } from "./fields.ts";
import { reachesAll, reachSql } from "./reach.ts";
import { scopeOf } from "./scope.ts";

const uuid = "'^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'";

/**
 * What the caller may read on timelines: a fact is about its customer and about every record its payload names (order_id, case_id ...),
 * and all of them must be within reach. Undefined for whoever sees everything.
 */
export function factReader(ctx: Ctx): FactReader | undefined {
  const objects = recordTypes().map((t) => t.object);
  const hidden = objects.filter((o) => !reachesAll(ctx, o, "read"));
  const narrow = objects.filter((o) => shownTo(ctx, o) !== o);
  if (hidden.length === 0 && narrow.length === 0) return undefined;
  return {
    seen: (alias) => bound(alias, hidden, ctx),
    payload: (name, payload) => readable(ctx, narrow, name, payload),
  };
}

function bound(alias: string, hidden: readonly ObjectDescription[], ctx: Ctx): RawBuilder<boolean> {
  const params: unknown[] = [];
  const tests = hidden.map((o) => {
    // Nothing of an object that the role does not reach, also where the fact names no record.
    if (scopeOf(ctx, o, "read") === "none" && !o.facts_by)
      return `${alias}.name not like '${o.name.replaceAll("_", "-")}.%' and not (${alias}.payload ? '${o.name}_id')`;
    const id = o.facts_by ? `${alias}.${o.facts_by}` : `case when ${alias}.payload ->> '${o.name}_id' ~ ${uuid} then (${alias}.payload ->> '${o.name}_id')::uuid end`; // prettier-ignore
    const names = o.facts_by ? `${id} is null` : `not (${alias}.payload ? '${o.name}_id')`;
    return `(${names} or exists (select from "${o.table}" t where t.id = ${id} and ${reachSql(ctx, o, "read", "t", params)}))`;
  });
  return tests.length === 0 ? sql`true` : withParams(tests.join(" and "), params);
}

/** Whether the row of the object under the alias may be seen, as a piece of a module's own query. */
export function inReach(ctx: Ctx, object: ObjectDescription, alias: string): RawBuilder<boolean> {
  const params: unknown[] = [];
  return withParams(reachSql(ctx, object, "read", alias, params), params);
}

/** Text with $1, $2 ... as a piece of a longer statement. */
function withParams(text: string, params: readonly unknown[]): RawBuilder<boolean> {
  const parts = text
    .split(/\$(\d+)/)
    .map((part, i) => (i % 2 === 0 ? sql.raw(part) : sql`${params[Number(part) - 1]}`));
  return sql<boolean>`(${sql.join(parts, sql.raw(""))})`;
}

/** "details changed: phone" says nothing of fields that the role may not read. */
function readable(ctx: Ctx, narrow: readonly ObjectDescription[], name: string, payload: Record<string, unknown>): Record<string, unknown> {
  const object = narrow.find((o) => name === `${o.name.replaceAll("_", "-")}.updated`);
  if (!object || !Array.isArray(payload.fields)) return payload;
  return { ...payload, fields: payload.fields.filter((f) => mayRead(ctx, object, String(f))) };
} // prettier-ignore

/** Those of the facts that the caller may read; one query, none for whoever sees everything. */
export async function readableFacts(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  const reader = factReader(ctx);
  if (!reader || ids.length === 0) return new Set(ids);
  const { rows } = await sql<{ id: string }>`select f.id from facts f where f.id = any(${ids}::uuid[]) and ${reader.seen("f")}`.execute(ctx.db); // prettier-ignore
  return new Set(rows.map((r) => r.id));
}
