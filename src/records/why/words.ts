import { CompiledQuery } from "kysely";
import { deps, type Condition, type ExplainWords } from "#kernel/condition";
import { isId } from "#kernel/id";
import { exponentOf } from "#kernel/money";
import type { Ctx } from "#platform/context";
import { kindOf } from "#timeline";
import { withinReach } from "../access/see.ts";
import { consentsOf, membershipOf, quoted } from "../condition/index.ts";
import type { Objects } from "../custom/described.ts";
import { fieldOf, type Field, type ObjectDescription } from "../object.ts";

/** The field at a path, its own, custom or of the record that a relation points to. */
export function fieldAt(object: ObjectDescription, path: string, objects: Objects): Field | undefined {
  const own = fieldOf(object, path);
  const [head = "", ...rest] = path.split(".");
  if (own || rest.length === 0) return own;
  const by = object.fields.find((f) => f.type === "relation" && f.to !== undefined && (f.name === head || f.name === `${head}_id`)); // prettier-ignore
  return by?.to === undefined ? undefined : fieldAt(objects(by.to), rest.join("."), objects);
}

/** Every value that a condition compares a field of this object with, by the field's path. */
export function* compared(node: Condition): Generator<[string, unknown]> {
  if ("all" in node || "any" in node) for (const part of "all" in node ? node.all : node.any) yield* compared(part);
  else if ("not" in node) yield* compared(node.not);
  else if ("field" in node)
    for (const value of Array.isArray(node.value) ? node.value : [node.value]) yield [node.field, value];
}

/** Titles of the records and people that fields point to, by id; of those that the person may see. */
export async function titlesOf(
  ctx: Ctx,
  object: ObjectDescription,
  objects: Objects,
  pairs: Iterable<[string, unknown]>,
): Promise<Map<string, string>> {
  const wanted = new Map<string, { table: string; title: string; there: ObjectDescription | undefined; ids: Set<string> }>(); // prettier-ignore
  for (const [path, value] of pairs) {
    const field = fieldAt(object, path, objects);
    if (typeof value !== "string" || !isId(value) || !field) continue;
    const there = field.type === "relation" && field.to ? objects(field.to) : undefined;
    const table = field.type === "user" ? "rondo.users" : there && quoted(there.table);
    if (!table) continue;
    const one = wanted.get(table) ?? {
      table,
      title: there ? quoted(there.title) : "name",
      there,
      ids: new Set<string>(),
    };
    one.ids.add(value);
    wanted.set(table, one);
  }
  const titles = new Map<string, string>();
  for (const { table, title, there, ids: all } of wanted.values()) {
    const ids = there ? await withinReach(ctx, there, [...all]) : all;
    const found = await ctx.db.executeQuery<{ id: string; title: string | null }>(CompiledQuery.raw(`select id, ${title}::text as title from ${table} where id = any($1::uuid[])`, [[...ids]])); // prettier-ignore
    for (const { id, title: said } of found.rows) titles.set(id, said ?? "");
  }
  return titles;
}

async function segmentNames(
  ctx: Ctx,
  object: ObjectDescription,
  conditions: readonly Condition[],
): Promise<Map<string, string>> {
  const named = membershipOf(object.name)?.named;
  const ids = conditions.flatMap((condition) => [...deps(condition).segments]);
  if (!named || ids.length === 0) return new Map();
  const { rows } = await ctx.db.executeQuery<{ id: string; name: string }>(CompiledQuery.raw(`select id, name from ${quoted(named)} where id = any($1::uuid[])`, [ids])); // prettier-ignore
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** How the explained tree says fields, facts, values and segments; `found` are values that records have, by the field's path. */
export async function explainWordsOf(
  ctx: Ctx,
  object: ObjectDescription,
  objects: Objects,
  conditions: readonly Condition[],
  found: Readonly<Record<string, unknown>> = {},
): Promise<ExplainWords> {
  const names = await segmentNames(ctx, object, conditions);
  const titles = await titlesOf(ctx, object, objects, [...conditions.flatMap((c) => [...compared(c)]), ...Object.entries(found)]); // prettier-ignore
  const money = new Intl.NumberFormat(ctx.workspace.locale, { style: "currency", currency: ctx.workspace.currency });
  const day = new Intl.DateTimeFormat(ctx.workspace.locale, { dateStyle: "medium", timeZone: ctx.workspace.time_zone });
  const regions = new Intl.DisplayNames(ctx.workspace.locale, { type: "region", fallback: "code" });
  return {
    field: (path) => fieldAt(object, path, objects)?.label ?? path.replaceAll(/[._]/g, " "),
    fact: (name) => kindOf(name)?.label ?? name,
    related: (name) => object.related.find((r) => r.name === name)?.label.toLowerCase() ?? name.replaceAll("_", " "),
    segment: (id) => names.get(id) ?? "that is gone",
    consent: (purpose) => consentsOf(object.name)?.label?.(purpose) ?? purpose.replaceAll("_", " "),
    value: (path, value) => {
      const field = fieldAt(object, path, objects);
      if (value instanceof Date) return day.format(value);
      if (field?.type === "money" && typeof value === "number")
        return money.format(value / 10 ** exponentOf(ctx.workspace.currency));
      if (field?.type === "relation" || field?.type === "user") return titles.get(String(value)) ?? "one that is gone";
      if (field?.type === "country" && typeof value === "string" && /^[a-z]{2}$/i.test(value)) return regions.of(value.toUpperCase()) ?? value; // prettier-ignore
      if (typeof value === "boolean") return value ? "yes" : "no";
      const label = field?.choices?.find((c) => c.value === value)?.label;
      return label ?? (typeof value === "string" ? value : JSON.stringify(value));
    },
  };
}
