import { sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid, notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { record } from "#timeline";
import { differences, noteChanges } from "./changes.ts";
import { objectNamed, type Act, type RecordType, type Row, type Values } from "./registry.ts";

const trackedOf = (type: RecordType): string[] => [
  ...type.object.fields.filter((f) => !f.computed).map((f) => f.name),
  ...(type.object.custom ? ["custom"] : []),
];

/** Creates a record: saves, notes the change, records the fact. */
export const createRecord = (ctx: Ctx | Tx, type: RecordType, input: Values, id: string = newId()): Promise<Row> =>
  inTransaction(ctx, async (tx) => {
    const { external_ids, ...given } = input;
    const values = type.prepare ? await type.prepare(tx, given, null) : given;
    await checkRelations(tx, type, values);
    const now = tx.clock();
    const row = await insertRow(tx, type, { ...values, id, created_at: now, updated_at: now });
    await saveExternalIds(tx, type.object.name, id, external_ids);
    await noteChanges(tx, [
      { object: type.object.name, record_id: id, action: "created", fields: differences(null, row, trackedOf(type)) },
    ]);
    await tell(tx, type, "created", row, []);
    return row;
  });

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
    if (version !== undefined && version !== before.version) throw staleRefusal(type, before);
    const { external_ids, ...given } = input;
    if (given.custom) given.custom = mergeCustom(before.custom, given.custom);
    const values = type.prepare ? await type.prepare(tx, given, before) : given;
    await saveExternalIds(tx, type.object.name, id, external_ids);
    const changed = differences(before, { ...before, ...values }, Object.keys(values));
    if (Object.keys(changed).length === 0) return before;
    const fresh = Object.fromEntries(Object.keys(changed).map((k) => [k, values[k]]));
    await checkRelations(tx, type, fresh);
    const row = await updateRow(tx, type, id, fresh);
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
    const { rows } = await sql<Row>`
      update ${sql.table(type.object.table)} set deleted_at = ${trashed ? tx.clock() : null}, updated_at = ${tx.clock()}, version = version + 1
       where id = ${id} and deleted_at is ${sql.raw(trashed ? "null" : "not null")} returning *`.execute(tx.db);
    const row = rows[0];
    if (!row) throw notFound(type.object.name);
    const act: Act = trashed ? "trashed" : "restored";
    await noteChanges(tx, [{ object: type.object.name, record_id: id, action: act, fields: null }]);
    await tell(tx, type, act, row, []);
    return row;
  });

async function tell(tx: Tx, type: RecordType, act: Act, row: Row, changed: readonly string[]): Promise<void> {
  await type.saved?.(tx, act, row, changed);
  const fact = type.tell(act, row, changed);
  if (fact) await record(tx, fact);
}

async function insertRow(tx: Tx, type: RecordType, values: Values): Promise<Row> {
  const entries = Object.entries(values).filter(([, v]) => v !== undefined && v !== null);
  const { rows } = await sql<Row>`
    insert into ${sql.table(type.object.table)} (${sql.join(entries.map(([k]) => sql.id(k)))})
    values (${sql.join(entries.map(([k, v]) => (k === "custom" ? sql`${JSON.stringify(v)}::jsonb` : sql`${v}`)))}) returning *`.execute(
    tx.db,
  );
  return rows[0]!;
}

async function updateRow(tx: Tx, type: RecordType, id: string, values: Values): Promise<Row> {
  const sets = Object.entries(values).map(
    ([k, v]) => sql`${sql.id(k)} = ${k === "custom" ? sql`${JSON.stringify(v)}::jsonb` : v}`,
  );
  const { rows } = await sql<Row>`
    update ${sql.table(type.object.table)} set ${sql.join(sets)}, updated_at = ${tx.clock()}, version = version + 1 where id = ${id} returning *`.execute(
    tx.db,
  );
  return rows[0]!;
}

/** The record, locked until the transaction ends; refused when it is not there or in the trash. */
export async function lockRecord(tx: Tx, type: RecordType, id: string): Promise<Row> {
  const { rows } = await sql<Row>`select * from ${sql.table(type.object.table)} where id = ${id} for update`.execute(
    tx.db,
  );
  if (!rows[0]) throw notFound(type.object.name);
  if (rows[0].deleted_at)
    throw new Refused(
      "conflict",
      "record.trashed",
      `This ${type.object.label.toLowerCase()} is in the trash; restore it first.`,
    );
  return rows[0];
}

async function checkRelations(tx: Tx, type: RecordType, values: Values): Promise<void> {
  for (const field of type.object.fields) {
    const id = values[field.name];
    if (typeof id !== "string") continue;
    if (field.type === "user") await checkColleague(tx, field.name, id);
    if (field.type !== "relation" || !field.to) continue;
    const { rows } =
      await sql`select 1 from ${sql.table(objectNamed(field.to).table)} where id = ${id} and deleted_at is null`.execute(
        tx.db,
      );
    if (rows.length === 0) throw invalid(field.name, `There is no such ${objectNamed(field.to).label.toLowerCase()}.`);
  }
}

// Asked in the same connection: one more for each would let a dozen writers wait for each other for ever.
async function checkColleague(tx: Tx, field: string, id: string): Promise<void> {
  const { rows } =
    await sql`select 1 from rondo.members where workspace_id = ${tx.workspace.id} and user_id = ${id}`.execute(tx.db);
  if (rows.length === 0) throw invalid(field, "There is nobody like that in your company.");
}

/** Ties the record to its ids elsewhere; an id that already names another record is refused. */
async function saveExternalIds(tx: Tx, object: string, id: string, ids: unknown): Promise<void> {
  for (const [system, external] of Object.entries((ids ?? {}) as Record<string, string>)) {
    const { rows } = await sql<{ record_id: string }>`
      insert into external_ids (object, system, external_id, record_id) values (${object}, ${system}, ${external}, ${id})
      on conflict (object, system, external_id) do update set record_id = external_ids.record_id returning record_id`.execute(
      tx.db,
    );
    if (rows[0]!.record_id !== id)
      throw invalid(
        `external_ids.${system}`,
        `Another ${object} has the id "${external}" in ${system}.`,
        "external-id.taken",
      );
  }
}

const mergeCustom = (before: unknown, change: unknown): Values => {
  const merged = { ...(before as Values | null), ...(change as Values) };
  return Object.fromEntries(Object.entries(merged).filter(([, v]) => v !== null && v !== ""));
};

const staleRefusal = (type: RecordType, now: Row): Refused =>
  new Refused(
    "stale",
    "record.stale",
    `Somebody changed this ${type.object.label.toLowerCase()} since you opened it.`,
    { detail: { current: { ...now } } },
  );

/** The record that carries this id in that system; null when none does. */
export async function findByExternalId(
  ctx: Ctx,
  object: string,
  system: string,
  externalId: string,
): Promise<string | null> {
  const { rows } = await sql<{ record_id: string }>`
    select record_id from external_ids where object = ${object} and system = ${system} and external_id = ${externalId}`.execute(
    ctx.db,
  );
  return rows[0]?.record_id ?? null;
}
