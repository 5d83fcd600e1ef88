import { sql, type RawBuilder } from "kysely";
import type { Ctx } from "#platform/context";
import type { FactReader } from "#timeline";
import type { ObjectDescription } from "../object.ts";
import { recordTypes } from "../registry.ts";
import { mayRead, shownTo } from "./fields.ts";
import { inHiddenField } from "./hidden-files.ts";
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
    seen: (alias) => sql<boolean>`(${bound(alias, hidden, ctx)} and ${filesShown(alias, narrow, ctx)})`,
    payload: (name, payload) => readable(ctx, narrow, name, payload),
  };
}

function bound(alias: string, hidden: readonly ObjectDescription[], ctx: Ctx): RawBuilder<boolean> {
  const params: unknown[] = [];
  const tests = hidden.map((o) => {
    // Nothing of an object that the role does not reach, also where the fact names no record.
    if (scopeOf(ctx, o, "read") === "none" && !o.facts_by)
      return `${alias}.name not like '${o.name.replaceAll("_", "-")}.%' and not (${alias}.payload ? '${o.name}_id') and not ${ofItsFile(alias, o)}`;
    const id = o.facts_by ? `${alias}.${o.facts_by}` : `case when ${ofItsFile(alias, o)} then (${alias}.payload ->> 'record_id')::uuid when ${alias}.payload ->> '${o.name}_id' ~ ${uuid} then (${alias}.payload ->> '${o.name}_id')::uuid end`; // prettier-ignore
    const names = o.facts_by ? `${id} is null` : `not (${alias}.payload ? '${o.name}_id' or ${ofItsFile(alias, o)})`;
    return `(${names} or exists (select from "${o.table}" t where t.id = ${id} and ${reachSql(ctx, o, "read", "t", params)}))`;
  });
  return tests.length === 0 ? sql`true` : withParams(tests.join(" and "), params);
}

// Told of a file, a record is named as "object" and "record_id".
const ofItsFile = (alias: string, { name }: ObjectDescription): string =>
  `(${alias}.name = 'file.added' and ${alias}.payload ->> 'object' = '${name}')`;

/** No file is told of that stands in a field which the role may not read. */
function filesShown(alias: string, narrow: readonly ObjectDescription[], ctx: Ctx): RawBuilder<boolean> {
  const payload = sql.ref(`${alias}.payload`);
  const hidden = narrow.flatMap((object) => {
    const ofIts = sql.raw(ofItsFile(alias, object));
    // A case, for the id is one only where the fact is of a file.
    const record_id = sql`case when ${ofIts} then (${payload} ->> 'record_id')::uuid end`;
    const found = inHiddenField(ctx, object, { id: sql`${payload} ->> 'file_id'`, record_id });
    return found ? [sql`not (${ofIts} and ${found})`] : [];
  });
  return hidden.length > 0 ? sql<boolean>`${sql.join(hidden, sql.raw(" and "))}` : sql<boolean>`true`;
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
