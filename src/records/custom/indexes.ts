import { createHash } from "node:crypto";
import { CompiledQuery, sql } from "kysely";
import { z } from "zod";
import { invalid } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { enqueue, type JobKind } from "#platform/jobs";
import { aboveAccess } from "../access/index.ts";
import { customIndexes, customUnique } from "../condition/index.ts";
import type { Field, ObjectDescription } from "../object.ts";
import { type FieldDefinition, type IndexState } from "./definition.ts";
import { definitionsChanged, objectsFor } from "./described.ts";

const indexKind = "custom-fields.index";
const nameOf = (id: string, name: string): string => `cf_${id.replaceAll("-", "")}_${name}`;

/** Has the indexes of an object's fast formulas looked at again: one of them changed, and others may speak of it. */
export async function settleFormulas(tx: Tx, object: string): Promise<void> {
  const { rows } = await sql<{ id: string; label: string }>`
    update custom_fields set fast = 'building' where object = ${object} and type = 'formula' and fast <> 'off' and retired_at is null returning id, label`.execute(
    tx.db,
  );
  for (const field of rows) await settleIndexes(tx, field);
}

/** Lets a job build the indexes that the field is decided to have, and drop the others. */
export const settleIndexes = (tx: Tx, field: { id: string; label: string }): Promise<string> =>
  enqueue(tx, { kind: indexKind, title: `Index of the field “${field.label}”`, input: { field_id: field.id } });

interface Index {
  name: string;
  unique: boolean;
  on: string;
}

// A formula is changed, or one that it speaks of: its index is then another one.
const nameOfFormula = (id: string, name: string, on: string): string =>
  nameOf(id, `${name}_${createHash("sha256").update(on).digest("hex").slice(0, 8)}`);

function wantedIndexes(d: FieldDefinition, field: Field | undefined): Index[] {
  if (d.retired_at || !field) return [];
  const fast = customIndexes(field).map((i) => ({
    name: field.worked ? nameOfFormula(d.id, i.name, i.on) : nameOf(d.id, i.name),
    unique: false,
    on: i.on,
  }));
  const once = { name: nameOf(d.id, "unique"), unique: true, on: customUnique(field) };
  return [...(d.fast === "off" ? [] : fast), ...(d.uniqueness === "off" ? [] : [once])];
}

/** The indexes there are, and whether each was built to its end. */
async function existing(ctx: Ctx, id: string): Promise<Map<string, boolean>> {
  const { rows } = await sql<{ name: string; valid: boolean }>`
    select c.relname as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
     where c.relnamespace = current_schema()::regnamespace and c.relname like ${`${nameOf(id, "")}%`}`.execute(ctx.db);
  return new Map(rows.map((r) => [r.name, r.valid]));
}

// Out of any transaction, and for as long as it takes: writers go on meanwhile.
const alone = (ctx: Ctx, statement: string): Promise<unknown> =>
  ctx.db.connection().execute(async (db) => {
    await sql`set statement_timeout = 0`.execute(db);
    try {
      return await db.executeQuery(CompiledQuery.raw(statement));
    } finally {
      await sql`reset statement_timeout`.execute(db);
    }
  });

const isTaken = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === "23505";

/** How many values stand in the way of a unique index. */
async function repeated(ctx: Ctx, table: string, on: string): Promise<number> {
  const text = `select count(*) as n from (select from "${table}" where deleted_at is null and ${on} is not null group by ${on} having count(*) > 1) s`;
  return (await ctx.db.executeQuery<{ n: number }>(CompiledQuery.raw(text))).rows[0]!.n;
}

/** Builds what is missing and drops what is not wanted; answers why a unique one could not be, in words. */
async function build(ctx: Ctx, table: string, wanted: readonly Index[], id: string): Promise<string | null> {
  const there = await existing(ctx, id);
  const drop = (name: string) => alone(ctx, `drop index concurrently if exists "${name}"`);
  for (const [name, valid] of there) if (!valid || !wanted.some((w) => w.name === name)) await drop(name);
  let failure: string | null = null;
  for (const { name, unique, on } of wanted.filter((w) => !there.get(w.name))) {
    const [kind, live] = unique ? ["unique index", " where deleted_at is null"] : ["index", ""];
    try {
      await alone(ctx, `create ${kind} concurrently "${name}" on "${table}" (${on})${live}`);
    } catch (error) {
      if (!isTaken(error)) throw error;
      await drop(name);
      failure = `${await repeated(ctx, table, on)} values stand in more than one record; change them and try again.`;
    }
  }
  // How often a value stands, which the planner must know to choose the new index.
  await alone(ctx, `analyze "${table}"`);
  return failure;
}

/** Builds and drops the indexes of a custom field; the field says how far it is. */
export const indexJob: JobKind = {
  kind: indexKind,
  run: async (ctx, job) => {
    const { field_id } = z.object({ field_id: z.uuid() }).parse(job.input);
    const { rows } = await sql<FieldDefinition>`select * from custom_fields where id = ${field_id}`.execute(ctx.db);
    const definition = rows[0];
    if (!definition) return {};
    const object = (await objectsFor(aboveAccess(ctx)))(definition.object);
    const field = object.fields.find((f) => f.id === field_id);
    const failure = await build(ctx, object.table, wantedIndexes(definition, field), field_id);
    const ended = (now: IndexState, end: IndexState): IndexState => (now === "building" ? end : now);
    const uniqueness = ended(definition.uniqueness, failure === null ? "ready" : "failed");
    await inTransaction(ctx, async (tx) => {
      // When it was decided anew meanwhile, the job of that decision tells.
      await sql`
        update custom_fields set fast = ${ended(definition.fast, "ready")}, uniqueness = ${uniqueness}, failure = ${failure}
         where id = ${field_id} and version = ${definition.version}`.execute(tx.db);
      await definitionsChanged(tx);
    });
    return failure === null ? {} : { failure };
  },
};

/** The refusal that a unique index's objection stands for; the error itself when it is about something else. */
export function takenOr(error: unknown, object: ObjectDescription): unknown {
  const name = isTaken(error) ? String((error as { constraint?: unknown }).constraint) : "";
  const field = object.fields.find((f) => f.id !== undefined && nameOf(f.id, "unique") === name);
  if (!field) return error;
  return invalid(field.name, `Another ${object.label.toLowerCase()} has this value.`, "custom-field.taken");
}
