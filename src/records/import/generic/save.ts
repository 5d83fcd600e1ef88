import { CompiledQuery, sql } from "kysely";
import type { Tx } from "#platform/context";
import { recordAll, type FactInput } from "#timeline";
import { differences, noteChanges } from "../../changes.ts";
import type { ObjectDescription } from "../../object.ts";
import type { Act, RecordType, Row, Values } from "../../registry.ts";

/*
 * Many records at once, with what one gets: checks of its module, a change, a fact. Rows that set the same columns go in one statement.
 */
/** A record to save: new when it has no `before`. */
export interface Saving {
  id: string;
  before: Row | null;
  values: Values;
  /** What the file said, before its module completed it: a row that says nothing new touches nothing. */
  said?: Values;
  external?: { system: string; id: string } | undefined;
}

const quoted = (names: readonly string[], alias = ""): string => names.map((n) => `${alias}"${n}"`).join(", ");
const jsonOf = (rows: readonly Values[]): string => JSON.stringify(rows);

/** Rows by the columns they set: a column that is not named keeps its default. */
const byColumns = (rows: readonly Values[]): Values[][] => [
  ...Map.groupBy(rows, (r) => Object.keys(r).toSorted().join(",")).values(),
];

const present = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined && v !== null));

async function insertMany(tx: Tx, object: ObjectDescription, rows: readonly Values[]): Promise<Row[]> {
  const saved: Row[] = [];
  for (const group of byColumns(rows)) {
    const names = Object.keys(group[0]!);
    const text = `insert into "${object.table}" (${quoted(names)}) select ${quoted(names, "r.")} from json_populate_recordset(null::"${object.table}", $1::json) r returning *`;
    saved.push(...(await tx.db.executeQuery<Row>(CompiledQuery.raw(text, [jsonOf(group)]))).rows);
  }
  return saved;
}

async function updateMany(tx: Tx, object: ObjectDescription, rows: readonly Values[]): Promise<Row[]> {
  const saved: Row[] = [];
  for (const group of byColumns(rows)) {
    const names = Object.keys(group[0]!).filter((n) => n !== "id");
    const sets = names.map((n) => `"${n}" = r."${n}"`).join(", ");
    const text = `update "${object.table}" t set ${sets}, updated_at = $2, version = t.version + 1 from json_populate_recordset(null::"${object.table}", $1::json) r where t.id = r.id returning t.*`;
    saved.push(...(await tx.db.executeQuery<Row>(CompiledQuery.raw(text, [jsonOf(group), tx.clock()]))).rows);
  }
  return saved;
}

const trackedOf = (object: ObjectDescription): string[] => [
  ...object.fields.filter((f) => !f.computed && !f.name.startsWith("custom.")).map((f) => f.name),
  ...(object.custom ? ["custom"] : []),
];

async function tellAll(tx: Tx, type: RecordType, act: Act, rows: readonly { row: Row; changed: readonly string[] }[]): Promise<void> {
  const facts: FactInput[] = [];
  for (const { row, changed } of rows) {
    await type.saved?.(tx, act, row, changed);
    const fact = type.tell(act, row, changed);
    if (fact) facts.push(fact);
  }
  await recordAll(tx, facts);
} // prettier-ignore

async function tie(tx: Tx, object: string, saved: readonly Saving[]): Promise<void> {
  const ids = saved.flatMap((s) => (s.external ? [{ ...s.external, record_id: s.id }] : []));
  if (ids.length === 0) return;
  await sql`insert into external_ids (object, system, external_id, record_id)
            select ${object}, r.system, r.id, r.record_id from json_to_recordset(${JSON.stringify(ids)}::json) as r(system text, id text, record_id uuid)
                on conflict do nothing`.execute(tx.db);
}

// A numeric column comes as text, a day or an instant as JSON would write it.
const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null) ||
  (typeof b === "number" && typeof a === "string" && Number(a) === b);

/** Which of the values the record does not have already. */
export const news = (before: Row, values: Values): string[] =>
  Object.keys(values).filter((name) => !same(before[name], values[name]));

/** Saves records whose values were prepared; answers how many are new and how many changed. Of a new one the history names the file, not every value. */
export async function saveMany(tx: Tx, type: RecordType, saving: readonly Saving[]): Promise<{ created: number; updated: number }> {
  const { object } = type;
  const now = tx.clock();
  const fresh = saving.filter((s) => !s.before);
  const created = await insertMany(tx, object, fresh.map((s) => ({ created_at: now, updated_at: now, ...present(s.values), id: s.id })));
  const known = new Map(saving.flatMap((s) => (s.before ? [[s.id, s.before] as const] : [])));
  const changing = saving.flatMap((s) => {
    if (!s.before || news(s.before, s.said ?? s.values).length === 0) return [];
    const names = news(s.before, s.values);
    return names.length === 0 ? [] : [{ ...Object.fromEntries(names.map((n) => [n, s.values[n] ?? null])), id: s.id }];
  });
  const updated = await updateMany(tx, object, changing);
  const changes = updated.map((row) => ({ row, fields: differences(known.get(row.id)!, row, trackedOf(object)) }));
  await tie(tx, object.name, saving);
  await noteChanges(tx, [
    ...created.map((row) => ({ object: object.name, record_id: row.id, action: "created" as const, fields: null })),
    ...changes.map(({ row, fields }) => ({ object: object.name, record_id: row.id, action: "updated" as const, fields })),
  ]);
  await tellAll(tx, type, "created", created.map((row) => ({ row, changed: [] })));
  await tellAll(tx, type, "updated", changes.map(({ row, fields }) => ({ row, changed: Object.keys(fields) })));
  return { created: created.length, updated: updated.length };
} // prettier-ignore
