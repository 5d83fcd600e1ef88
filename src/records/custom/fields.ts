import { sql } from "kysely";
import { dayPattern } from "#kernel/condition";
import { newId } from "#kernel/id";
import { invalid, notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { differences, noteChanges } from "../changes.ts";
import type { Choice, ObjectDescription } from "../object.ts";
import { recordTypes, type Row } from "../registry.ts";
import { customSchema } from "./check.ts";
import { canBeFast, canBeUnique, fieldFrom, isWorkedOut, type DefinedType, type FieldDefinition, type IndexState } from "./definition.ts"; // prettier-ignore
import { definitionsChanged, ownObjectsFor, wholeBefore } from "./described.ts";
import { settleFormulas, settleIndexes } from "./indexes.ts";
import { keyFrom, type FieldChange, type NewField } from "./input.ts";

/** So many fields of one object at most, retired ones included: each is a part of every form. */
export const fieldsAtMost = 200;
const told = [
  "formula",
  "rollup",
  "label",
  "help",
  "required",
  "preset",
  "choices",
  "position",
  "retired_at",
  "fast",
  "uniqueness",
];

/** The fields of an object, or of all, in their order; retired ones too. */
export async function listFields(ctx: Ctx, object?: string): Promise<FieldDefinition[]> {
  const { rows } = await sql<FieldDefinition>`
    select id, object, key, label, type, required, preset, help, choices, to_object, formula, rollup, position, retired_at, fast, uniqueness, failure, version
      from custom_fields where ${object ?? null}::text is null or object = ${object ?? null}
     order by object, position, id`.execute(ctx.db);
  return rows;
}

/** One field's definition. */
export async function findField(ctx: Ctx, id: string): Promise<FieldDefinition> {
  const found = (await listFields(ctx)).find((f) => f.id === id);
  if (!found) throw notFound("custom field");
  return found;
}

/** The objects that take custom fields. */
export const extendable = async (ctx: Ctx): Promise<ObjectDescription[]> => [
  ...recordTypes().flatMap((t) => (t.object.custom ? [t.object] : [])),
  ...(await ownObjectsFor(ctx)),
];

// Definitions change one at a time: two with one label would be two columns of one name.
const hold = (tx: Tx) =>
  sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/custom-fields'))`.execute(tx.db);

type Shape = Pick<
  FieldDefinition,
  "object" | "key" | "label" | "type" | "choices" | "to_object" | "preset" | "formula" | "rollup"
>;

async function checkShape(
  tx: Tx,
  d: Shape,
  wants: { fast: boolean; unique: boolean; required: boolean },
): Promise<void> {
  if (takesChoices(d.type) && !d.choices?.some((c) => !c.removed))
    throw invalid("choices", "Offer at least one choice.");
  if (isWorkedOut(d.type)) {
    if (d.type === "formula" && d.formula === null) throw invalid("formula", "Write the formula.");
    if (d.type === "rollup" && d.rollup === null) throw invalid("rollup", "Say what is counted.");
    if (wants.required) throw invalid("required", "Rondo works this field out; nobody fills it in.");
    if (d.preset !== null && d.preset !== undefined)
      throw invalid("preset", "Rondo works this field out; nobody fills it in.");
  }
  if (points(d.type) && !(await pointable(tx)).some((o) => o.name === d.to_object))
    throw invalid("to_object", "Say which records it points to.");
  if (wants.fast && !canBeFast(d.type)) throw invalid("fast", "A field of this type cannot be made fast.");
  if (wants.unique && !canBeUnique(d.type)) throw invalid("unique", "Values of this type may stand more than once.");
  if (d.preset === null || d.preset === undefined) return;
  if (d.type === "file") throw invalid("preset", "A file belongs to one record, so new ones cannot begin with it.");
  if (wants.unique) throw invalid("preset", "Each value may stand once, so new records cannot all begin with one.");
  const fits = customSchema(fieldFrom({ ...blank, ...d }), null).safeParse(d.preset);
  if (!fits.success) throw invalid("preset", fits.error.issues[0]?.message ?? "This does not fit the field.");
}

const pointable = async (tx: Tx): Promise<ObjectDescription[]> => [
  ...recordTypes().map((t) => t.object),
  ...(await ownObjectsFor(tx)),
];
const blank = { formula: null, rollup: null, id: "", required: false, help: null, position: 0, retired_at: null, fast: "off", uniqueness: "off", failure: null, version: 1 } as const; // prettier-ignore
const takesChoices = (type: DefinedType): boolean => type === "choice" || type === "choices";
const points = (type: DefinedType): boolean => type === "relation" || type === "relations";

function checkLabel(object: ObjectDescription, others: readonly FieldDefinition[], label: string): void {
  const same = (other: string): boolean => other.toLowerCase() === label.toLowerCase();
  if (
    object.fields.some((f) => !f.name.startsWith("custom.") && same(f.label)) ||
    others.some((f) => f.retired_at === null && same(f.label))
  )
    throw invalid("label", `${object.label_plural} have a field “${label}” already.`, "custom-field.label-taken");
}

function freeKey(others: readonly FieldDefinition[], asked: string | undefined, label: string): string {
  const taken = new Set(others.map((f) => f.key));
  if (asked !== undefined) {
    if (taken.has(asked))
      throw invalid("key", `There is a field "${asked}" already, perhaps retired.`, "custom-field.key-taken");
    return asked;
  }
  const base = keyFrom(label);
  for (let n = 1; ; n++) {
    const key = n === 1 ? base : `${base}_${n}`;
    if (!taken.has(key)) return key;
  }
}

const json = (value: unknown): string | null => (value === null || value === undefined ? null : JSON.stringify(value));
// What was asked for again after a failure is tried again.
const wanted = (on: boolean, now: IndexState): IndexState => (on ? (now === "ready" ? "ready" : "building") : "off");

/** Adds a field to an object; answers its id. */
export const defineField = (ctx: Ctx | Tx, input: NewField): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const object = (await extendable(tx)).find((o) => o.name === input.object);
    if (!object) throw invalid("object", "This object takes no fields of your own.");
    await hold(tx);
    const others = await listFields(tx, object.name);
    if (others.length >= fieldsAtMost) throw invalid("object", `At most ${fieldsAtMost} fields of one object.`);
    checkLabel(object, others, input.label);
    const { preset = null, help = null, required = false, fast = false, unique = false, label, type } = input;
    const choices = takesChoices(type) ? (input.choices ?? null) : null;
    const to_object = points(type) ? (input.to_object ?? null) : null;
    const key = freeKey(others, input.key, label);
    const formula = type === "formula" ? (input.formula ?? null) : null;
    const rollup = type === "rollup" ? (input.rollup ?? null) : null;
    const whole = await wholeBefore(tx);
    await checkShape(tx, { object: object.name, key, label, type, choices, to_object, preset, formula, rollup }, { fast, unique, required }); // prettier-ignore
    await checkKept(tx, object, key, type);
    const id = newId();
    const position = input.position ?? Math.max(0, ...others.map((f) => f.position)) + 1;
    const { rows } = await sql<Row>`
      insert into custom_fields (id, object, key, label, type, required, preset, help, choices, to_object, formula, rollup, position, fast, uniqueness, created_at, updated_at)
      values (${id}, ${object.name}, ${key}, ${label}, ${type}, ${required}, ${json(preset)}, ${help}, ${json(choices)}, ${to_object}, ${formula}, ${json(rollup)}, ${position},
              ${wanted(fast, "off")}, ${wanted(unique, "off")}, ${tx.clock()}, ${tx.clock()}) returning *`.execute(
      tx.db,
    );
    const fields = differences(null, rows[0]!, ["object", "key", "type", "to_object", ...told]);
    await noteChanges(tx, [{ object: "custom_field", record_id: id, action: "created", fields }]);
    await definitionsChanged(tx);
    await whole({ id, label, fast });
    if (fast || unique) await settleIndexes(tx, { id, label });
    return id;
  });

// What values must be that programs or files already brought under the key, as SQL over v, a jsonb value.
const instantForm = "^[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$";
const text = (test: string): string => `jsonb_typeof(v) = 'string' and ${test}`;
const short = text("length(v #>> '{}') <= 200");
const uuid = text("v #>> '{}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'");
const fitting: Record<DefinedType, string> = {
  text: short, phone: short, choice: short, email: text("length(v #>> '{}') <= 254"), long_text: text("true"), url: text("true"),
  number: "jsonb_typeof(v) = 'number'", money: "jsonb_typeof(v) = 'number'", boolean: "jsonb_typeof(v) = 'boolean'",
  date: text(`v #>> '{}' ~ '${dayPattern}'`), datetime: text(`v #>> '{}' ~ '${instantForm}'`), relation: uuid, user: uuid,
  choices: "false", relations: "false", address: "false", file: "false", formula: "false", rollup: "false",
}; // prettier-ignore

/** Values under the key become the field's only when all of them are what it holds. */
async function checkKept(tx: Tx, object: ObjectDescription, key: string, type: DefinedType): Promise<void> {
  const { rows } = await sql<{ unfit: boolean }>`
    select exists (select from (select custom -> ${key} as v from ${sql.table(object.table)} where custom ? ${key}) s where not (${sql.raw(fitting[type])})) as unfit`.execute(
    tx.db,
  );
  if (rows[0]!.unfit)
    throw new Refused("conflict", "custom-field.kept", `Records already hold other values under "${key}"; choose another key.`); // prettier-ignore
}

/** Renames a field, or changes what is decided about it. */
export const changeField = (
  ctx: Ctx | Tx,
  id: string,
  version: number | undefined,
  change: FieldChange,
): Promise<void> =>
  changing(ctx, id, version, async (tx, before, object) => {
    const said = Object.fromEntries(
      Object.entries(change).filter(([, v]) => v !== undefined),
    ) as Partial<FieldDefinition>;
    const after = { ...before, ...said };
    const others = (await listFields(tx, before.object)).filter((f) => f.id !== id);
    if (change.label !== undefined) checkLabel(object, others, change.label);
    const fast = change.fast ?? before.fast !== "off";
    const unique = change.unique ?? before.uniqueness !== "off";
    const choices = takesChoices(before.type) ? withRemoved(before.choices ?? [], after.choices ?? []) : null;
    await checkShape(tx, { ...after, choices }, { fast, unique, required: after.required });
    const { label, help, required, preset, position } = after;
    const formula = before.type === "formula" ? after.formula : null;
    const rollup = before.type === "rollup" ? after.rollup : null;
    const [fastNow, uniqueNow] = [wanted(fast, before.fast), wanted(unique, before.uniqueness)];
    await sql`
      update custom_fields set label = ${label}, help = ${help ?? null}, required = ${required}, preset = ${json(preset)}, position = ${position},
             choices = ${json(choices)}, formula = ${formula}, rollup = ${json(rollup)}, fast = ${fastNow}, uniqueness = ${uniqueNow} where id = ${id}`.execute(
      tx.db,
    );
    if (formula !== before.formula) await settleFormulas(tx, before.object);
    if (fastNow === before.fast && uniqueNow === before.uniqueness) return;
    await sql`update custom_fields set failure = null where id = ${id}`.execute(tx.db);
    await settleIndexes(tx, { id, label });
  });

// Records may hold it: what is not offered any more is still read by its label, and comes back when it is offered again.
function withRemoved(before: readonly Choice[], after: readonly Choice[]): Choice[] {
  const kept = new Set(after.map((c) => c.value));
  return [...after, ...before.filter((c) => !kept.has(c.value)).map((c) => ({ ...c, removed: true as const }))];
}

/** Hides the field everywhere; its values are kept. */
export const retireField = (ctx: Ctx | Tx, id: string): Promise<void> =>
  changing(ctx, id, undefined, async (tx, before) => {
    await sql`update custom_fields set retired_at = ${before.retired_at ?? tx.clock()} where id = ${id}`.execute(tx.db);
    if (before.fast !== "off" || before.uniqueness !== "off") await settleIndexes(tx, before);
  });

/** Brings a retired field back with its values; its indexes are built anew. */
export const restoreField = (ctx: Ctx | Tx, id: string): Promise<void> =>
  changing(ctx, id, undefined, async (tx, before, object) => {
    const others = (await listFields(tx, before.object)).filter((f) => f.id !== id);
    checkLabel(object, others, before.label);
    const again = (state: IndexState): IndexState => wanted(state !== "off", "off");
    await sql`update custom_fields set retired_at = null, fast = ${again(before.fast)}, uniqueness = ${again(before.uniqueness)} where id = ${id}`.execute(
      tx.db,
    );
    if (before.fast !== "off" || before.uniqueness !== "off") await settleIndexes(tx, before);
  });

const changing = (
  ctx: Ctx | Tx,
  id: string,
  version: number | undefined,
  change: (tx: Tx, before: FieldDefinition, object: ObjectDescription) => Promise<unknown>,
): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await hold(tx);
    const before = await findField(tx, id);
    if (version !== undefined && version !== before.version)
      throw new Refused("stale", "custom-field.stale", "Somebody changed this field since you opened it.");
    const object = (await extendable(tx)).find((o) => o.name === before.object);
    if (!object) throw notFound("custom field");
    const whole = await wholeBefore(tx);
    await change(tx, before, object);
    const after = await findField(tx, id);
    const fields = differences(before as unknown as Row, after as unknown as Row, told);
    if (Object.keys(fields).length === 0) return;
    await sql`update custom_fields set version = version + 1, updated_at = ${tx.clock()} where id = ${id}`.execute(
      tx.db,
    );
    await noteChanges(tx, [{ object: "custom_field", record_id: id, action: "updated", fields }]);
    await definitionsChanged(tx);
    await whole({ id, label: after.label, fast: after.fast !== "off" });
  });
