import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { describedFor } from "../custom/described.ts";
import { mayRead } from "../access/fields.ts";
import { findRecord } from "../list.ts";
import type { FieldType } from "../object.ts";
import type { Act, RecordType, Values } from "../registry.ts";
import { fieldByField } from "./old-values.ts";

export interface AsOf {
  at: string;
  /** From when on every change was noted; before that nothing is known. */
  known_since: string;
  /** Whether the record was there then; null before anything is known. */
  existed: boolean | null;
  trashed: boolean;
  /** Values at that time, by field ("custom.size" too); figures that Rondo derives are not kept and left out. */
  values: Values;
  /** Fields that are different now. */
  differs: string[];
}

interface Change {
  at: Date;
  action: Act;
  fields: Record<string, [unknown, unknown]> | null;
}

/** A value in one spelling: changes and rows write the same instant and the same decimal differently. */
function comparable(type: FieldType | undefined, value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (type === "datetime") return new Date(value as string).getTime();
  if (type === "number" || type === "integer" || type === "money") return Number(value);
  return JSON.stringify(value) ?? null;
}

// Custom fields lie under their own names, as changes tell them.
const flat = ({ custom, ...row }: Values): Values => ({
  ...row,
  ...Object.fromEntries(Object.entries((custom ?? {}) as Values).map(([key, value]) => [`custom.${key}`, value])),
});

/** The record as it was at that instant: today's values with every later change taken off, newest first. */
export async function recordAsOf(ctx: Ctx, type: RecordType, id: string, at: Date): Promise<AsOf> {
  const object = await describedFor(ctx, type.object);
  const now = flat(JSON.parse((await findRecord(ctx, object, id)).json) as Values);
  const { rows: changes } = await sql<Change>`
    select s.at, c.action, c.fields from changes c join change_sets s on s.id = c.set_id
     where c.record_id = ${id} and c.object = ${object.name} order by s.at desc, s.id desc`.execute(ctx.db);
  const noted = new Set(changes.flatMap((c) => Object.keys(fieldByField(c.fields ?? {}))));
  // A retired field is told nowhere, and what is worked out was worked out of values that are told.
  const hidden = new Set([...(object.retired ?? []).map((key) => `custom.${key}`), ...object.fields.filter((f) => f.worked).map((f) => f.name)]); // prettier-ignore
  // What the answer leaves out, the caller may not read.
  const own = object.fields.filter((f) => f.name in now && (!f.computed || noted.has(f.name))).map((f) => f.name);
  const kept = [...new Set([...own, ...[...Object.keys(now), ...noted].filter((name) => name.startsWith("custom."))])].filter((name) => mayRead(ctx, object, name) && !hidden.has(name)); // prettier-ignore
  const values: Values = Object.fromEntries(kept.map((name) => [name, now[name] ?? null]));
  const later = changes.filter((c) => c.at > at);
  let trashed = now.deleted_at !== null && now.deleted_at !== undefined;
  for (const change of later) {
    if (change.action === "trashed") trashed = false;
    if (change.action === "restored") trashed = true;
    for (const [name, [old]] of Object.entries(fieldByField(change.fields ?? {})))
      if (name in values) values[name] = old;
  }
  const birth = changes.find((c) => c.action === "created")?.at;
  const since = birth ?? changes.at(-1)?.at ?? new Date(String(now.created_at));
  const existed = at >= since ? true : birth ? false : null;
  const plain = (name: string, value: unknown): unknown =>
    comparable(object.fields.find((f) => f.name === name)?.type, value);
  const same = (name: string): boolean => plain(name, values[name]) === plain(name, now[name]);
  return {
    at: at.toISOString(),
    known_since: since.toISOString(),
    existed,
    trashed: existed === true && trashed,
    values: existed ? values : {},
    differs: existed ? kept.filter((name) => !same(name)) : [],
  };
}
