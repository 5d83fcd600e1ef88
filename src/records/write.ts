import { CompiledQuery, sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid, notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx, type Verb } from "#platform/context";
import { record } from "#timeline";
import { mayRead, mustEdit, namesIn, shownTo } from "./access/fields.ts";
import { aboveAccess, isOwned, mustReach, reachSql, scopeOf } from "./access/index.ts";
import { notYours, ownerField } from "./access/scope.ts";
import { differences, noteChanges } from "./changes.ts";
import { checkedCustom, newCustom } from "./custom/check.ts";
import { takenOr } from "./custom/indexes.ts";
import { customKey } from "./custom/definition.ts";
import { describedFor, objectsFor } from "./custom/described.ts";
import { holdFiles } from "./files/hold.ts";
import { saveExternalIds } from "./external-ids.ts";
import { fieldOf, type Field, type ObjectDescription } from "./object.ts";
import { type Act, type RecordType, type Row, type Values } from "./registry.ts";

const trackedOf = (type: RecordType): string[] => [
  ...type.object.fields.filter((f) => !f.computed).map((f) => f.name),
  ...(type.object.custom ? ["custom"] : []),
];

/** Creates a record: saves, notes the change, records the fact. */
export const createRecord = (ctx: Ctx | Tx, type: RecordType, input: Values, id: string = newId()): Promise<Row> =>
  inTransaction(ctx, async (tx) => {
    if (scopeOf(tx, type.object, "create") === "none") throw notYours(type.object, "create");
    const { external_ids, ...asking } = input;
    const object = await describedFor(aboveAccess(tx), type.object);
    mustEdit(tx, object, namesIn(asking));
    if (object.custom) asking.custom = newCustom(object, (asking.custom ?? {}) as Values);
    const asked = Object.keys(asking);
    const given = ownedBy(tx, type, asking);
    const values = type.prepare ? await type.prepare(tx, given, null) : given;
    // What `prepare` copied from another record is not asked about: a contact's company may be in the trash while the contact is not.
    await checkRelations(tx, object, only(values, asked));
    const now = tx.clock();
    const row = await insertRow(tx, object, { ...values, id, created_at: now, updated_at: now });
    if (object.custom) await holdFiles(tx, object, row, (row.custom ?? {}) as Values);
    await saveExternalIds(tx, type.object, id, external_ids);
    await noteChanges(tx, [
      { object: type.object.name, record_id: id, action: "created", fields: differences(null, row, trackedOf(type)) },
    ]);
    await tell(tx, type, "created", row, []);
    return row;
  });

// Whoever sees only some records must find the one they just made again: it is theirs unless they say whose.
const ownedBy = (tx: Tx, type: RecordType, given: Values): Values =>
  isOwned(type.object) && (given[ownerField] ?? null) === null && tx.access !== "above" && scopeOf(tx, type.object, "read") !== "all"
    ? { ...given, [ownerField]: tx.access.person }
    : given; // prettier-ignore

/** Changes a record when its version is still the one the caller saw; answers it as it is now. */
export const updateRecord = (
  ctx: Ctx | Tx,
  type: RecordType,
  id: string,
  version: number | undefined,
  input: Values,
): Promise<Row> =>
  inTransaction(ctx, async (tx) => {
    const before = await lockRecord(tx, type, id);
    if (version !== undefined && version !== before.version) throw staleRefusal(tx, type, before);
    const { external_ids, ...given } = input;
    const object = await describedFor(aboveAccess(tx), type.object);
    mustEdit(tx, object, namesIn(given));
    const asked = Object.keys(given);
    const custom =
      object.custom && given.custom
        ? checkedCustom(object, given.custom as Values, (before.custom ?? {}) as Values)
        : {};
    if (given.custom) given.custom = mergeCustom(before.custom, custom);
    const values = type.prepare ? await type.prepare(tx, given, before) : given;
    await saveExternalIds(tx, type.object, id, external_ids);
    const changed = differences(before, { ...before, ...values }, Object.keys(values));
    if (Object.keys(changed).length === 0) return before;
    const fresh = Object.fromEntries(Object.keys(changed).map((k) => [k, values[k]]));
    await checkRelations(tx, object, { ...only(fresh, asked), custom });
    const row = await updateRow(tx, object, id, fresh);
    await holdFiles(tx, object, row, custom);
    await noteChanges(tx, [
      { object: type.object.name, record_id: id, action: "updated", fields: differences(before, row, trackedOf(type)) },
    ]);
    await tell(tx, type, "updated", row, Object.keys(changed));
    return row;
  });

/** Moves a record to the trash; it keeps its place and everything that points to it. */
export const trashRecord = (ctx: Ctx | Tx, type: RecordType, id: string): Promise<Row> =>
  setTrashed(ctx, type, id, true);

/** Takes a record out of the trash. */
export const restoreRecord = (ctx: Ctx | Tx, type: RecordType, id: string): Promise<Row> =>
  setTrashed(ctx, type, id, false);

const setTrashed = (ctx: Ctx | Tx, type: RecordType, id: string, trashed: boolean): Promise<Row> =>
  inTransaction(ctx, async (tx) => {
    await mustReach(tx, type.object, id, "delete");
    const object = await describedFor(tx, type.object);
    if (!trashed) await refuseMerged(tx, id);
    const { rows } = await sql<Row>`
      update ${sql.table(type.object.table)} set deleted_at = ${trashed ? tx.clock() : null}, updated_at = ${tx.clock()}, version = version + 1
       where id = ${id} and deleted_at is ${sql.raw(trashed ? "null" : "not null")} returning *`
      .execute(tx.db)
      .catch((error: unknown) => Promise.reject(takenOr(error, object)));
    const row = rows[0];
    if (!row) throw notFound(type.object.name);
    const act: Act = trashed ? "trashed" : "restored";
    await noteChanges(tx, [{ object: type.object.name, record_id: id, action: act, fields: null }]);
    await tell(tx, type, act, row, []);
    return row;
  });

// Taken out of the trash it would stand beside the record that has everything of it.
async function refuseMerged(tx: Tx, id: string): Promise<void> {
  const { rows } = await sql<{
    merge_id: string;
    winner_id: string;
  }>`select merge_id, winner_id from merged_records where loser_id = ${id}`.execute(tx.db);
  if (rows[0])
    throw new Refused(
      "conflict",
      "record.merged",
      "This record was merged into another one; undo the merge to have it back.",
      { detail: { ...rows[0] } },
    );
}

async function tell(tx: Tx, type: RecordType, act: Act, row: Row, changed: readonly string[]): Promise<void> {
  await type.saved?.(tx, act, row, changed);
  const fact = type.tell(act, row, changed);
  if (fact) await record(tx, fact);
}

async function insertRow(tx: Tx, object: ObjectDescription, values: Values): Promise<Row> {
  const entries = Object.entries(values).filter(([, v]) => v !== undefined && v !== null);
  const { rows } = await sql<Row>`
    insert into ${sql.table(object.table)} (${sql.join(entries.map(([k]) => sql.id(k)))})
    values (${sql.join(entries.map(([k, v]) => (k === "custom" ? sql`${JSON.stringify(v)}::jsonb` : sql`${v}`)))}) returning *`
    .execute(tx.db)
    .catch((error: unknown) => Promise.reject(takenOr(error, object)));
  return rows[0]!;
}

async function updateRow(tx: Tx, object: ObjectDescription, id: string, values: Values): Promise<Row> {
  const sets = Object.entries(values).map(
    ([k, v]) => sql`${sql.id(k)} = ${k === "custom" ? sql`${JSON.stringify(v)}::jsonb` : v}`,
  );
  const { rows } = await sql<Row>`
    update ${sql.table(object.table)} set ${sql.join(sets)}, updated_at = ${tx.clock()}, version = version + 1 where id = ${id} returning *`
    .execute(tx.db)
    .catch((error: unknown) => Promise.reject(takenOr(error, object)));
  return rows[0]!;
}

/** The record, locked until the transaction ends; refused when it is not there, in the trash, or out of the role's reach for that verb. */
export async function lockRecord(tx: Tx, type: RecordType, id: string, verb: Verb = "update"): Promise<Row> {
  const { rows } = await sql<Row>`select * from ${sql.table(type.object.table)} where id = ${id} for update`.execute(
    tx.db,
  );
  if (!rows[0]) throw notFound(type.object.name);
  await mustReach(tx, type.object, id, verb);
  if (rows[0].deleted_at)
    throw new Refused(
      "conflict",
      "record.trashed",
      `This ${type.object.label.toLowerCase()} is in the trash; restore it first.`,
    );
  return rows[0];
}

const only = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(names.filter((name) => name in values).map((name) => [name, values[name]]));

/** Refuses values that point to records which are not there for the caller, or to nobody of the company. */
export async function checkRelations(tx: Tx, object: ObjectDescription, values: Values): Promise<void> {
  const [refusal] = await relationRefusals(tx, object, [values]);
  if (refusal) throw refusal;
}

/** The same of many records, one question a field: why each may not be saved, undefined where it may. */
export async function relationRefusals(tx: Tx, object: ObjectDescription, many: readonly Values[]): Promise<(Refused | undefined)[]> {
  const objects = await objectsFor(tx);
  const refusals = many.map((): Refused | undefined => undefined);
  for (const field of object.fields) {
    const asked = many.map((values) => idsIn(field, values));
    const all = [...new Set(asked.flat())];
    if (all.length === 0) continue;
    const to = field.type !== "user" && field.to ? objects(field.to) : undefined;
    const there = to ? await idsThere(tx, to, all) : await colleaguesAmong(tx, all);
    for (const [i, ids] of asked.entries())
      if (ids.some((id) => !there.has(id.toLowerCase())))
        refusals[i] ??= invalid(field.name, to ? `There is no such ${to.label.toLowerCase()}.` : "There is nobody like that in your company."); // prettier-ignore
  }
  return refusals;
} // prettier-ignore

function idsIn(field: Field, values: Values): string[] {
  if (field.type !== "user" && !((field.type === "relation" || field.type === "relations") && field.to)) return [];
  const key = customKey(field.name);
  const id = key === undefined ? values[field.name] : ((values.custom ?? {}) as Values)[key];
  return (Array.isArray(id) ? id : [id]).filter((one) => typeof one === "string");
}

async function idsThere(tx: Tx, to: ObjectDescription, ids: readonly string[]): Promise<Set<string>> {
  const params: unknown[] = [ids];
  const text = `select t.id from "${to.table}" t where t.id = any($1::uuid[]) and t.deleted_at is null and ${reachSql(tx, to, "read", "t", params)}`;
  const { rows } = await tx.db.executeQuery<{ id: string }>(CompiledQuery.raw(text, params));
  return new Set(rows.map((r) => r.id));
}

// Asked in the same connection: one more for each would let a dozen writers wait for each other for ever.
async function colleaguesAmong(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select user_id as id from rondo.members where workspace_id = ${tx.workspace.id} and user_id = any(${[...ids]}::uuid[])`.execute(tx.db);
  return new Set(rows.map((r) => r.id));
} // prettier-ignore

const mergeCustom = (before: unknown, change: unknown): Values => {
  const merged = { ...(before as Values | null), ...(change as Values) };
  return Object.fromEntries(Object.entries(merged).filter(([, v]) => v !== null && v !== ""));
};

const staleRefusal = (ctx: Ctx, type: RecordType, now: Row): Refused =>
  new Refused(
    "stale",
    "record.stale",
    `Somebody changed this ${type.object.label.toLowerCase()} since you opened it.`,
    { detail: { current: shown(ctx, type, now) } },
  );

// What a role may not read is not told by the way; columns beside the fields (a number without its blanks) neither.
function shown(ctx: Ctx, { object }: RecordType, row: Row): Values {
  if (shownTo(ctx, object) === object) return { ...row };
  const { id, version, custom, ...rest } = row;
  const own = Object.entries(rest).filter(([name]) => fieldOf(object, name) && mayRead(ctx, object, name));
  const keys = Object.entries((custom ?? {}) as Values).filter(([key]) => mayRead(ctx, object, `custom.${key}`));
  return { id, version, ...Object.fromEntries(own), ...(object.custom ? { custom: Object.fromEntries(keys) } : {}) };
}
