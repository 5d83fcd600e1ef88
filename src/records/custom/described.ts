import { sql } from "kysely";
import { invalid, notFound, Refused } from "#kernel/refusal";
import type { Ctx, Tx } from "#platform/context";
import { shownTo } from "../access/fields.ts";
import type { Field, ObjectDescription, Related } from "../object.ts";
import { objectNamed, recordTypes, type RecordType } from "../registry.ts";
import { fieldFrom, isWorkedOut, type FieldDefinition } from "./definition.ts";
import { makeFields, type Made } from "./worked.ts";
import { isOwn, ownDescription, ownType, type OwnObject } from "./own.ts";

/*
 * What this process knows of a workspace's definitions. Asked for a million times a day and changed once a month: they are kept,
 * and whether another process changed them is asked with one number, at most once a second.
 */
interface Known {
  version: number;
  /** When the version was last compared, in ms of this process. */
  checkedAt: number;
  /** When all was last read; how many rows tables have is learnt no other way. */
  readAt: number;
  /** Own objects that are not retired, by name. */
  own: Map<string, ObjectDescription>;
  /** Relations that point to an object, by its name: what it has of other objects. */
  pointing: Map<string, Related[]>;
  fields: Map<string, Field[]>;
  retired: Map<string, string[]>;
  /** Why fields that are worked out cannot be, by the field's id. */
  broken: Made["broken"];
  described: Map<ObjectDescription, ObjectDescription>;
}

const freshForMs = 1_000;
const readAgainAfterMs = 60_000;
// Up to so many rows are sorted for a page in well under a tenth of a second; above that only an index can.
const sortedWithoutIndex = 20_000;

// By database and schema: a test process meets many databases whose workspaces are called the same.
const databases = new WeakMap<object, Map<string, Known>>();
const changing = new WeakSet<object>();

const knownIn = (ctx: Ctx): Map<string, Known> => {
  const known = databases.get(ctx.control) ?? new Map<string, Known>();
  databases.set(ctx.control, known);
  return known;
};

async function read(ctx: Ctx): Promise<Known> {
  const { rows } = await sql<{ version: number; fields: FieldDefinition[] | null; objects: OwnObject[] | null }>`
    select d.version, (select json_agg(f order by f.object, f.position, f.id) from custom_fields f) as fields,
           (select json_agg(o order by o.label_plural, o.id) from custom_objects o where o.retired_at is null) as objects from custom_definitions d`.execute(
    ctx.db,
  );
  const all = rows[0]?.fields ?? [];
  const own = new Map((rows[0]?.objects ?? []).map(ownDescription).map((o) => [o.name, o]));
  const small = all.length > 0 ? await smallTables(ctx, own) : () => true;
  const live = Map.groupBy(all.filter((f) => f.retired_at === null), (f) => f.object); // prettier-ignore
  const pointing = pointingIn([...live.values()].flat(), own);
  const { fields, broken } = makeFields([...live.values()].flat(), {
    objects: heldBy(live, own, pointing),
    currency: ctx.workspace.currency,
    small,
  });
  const gone = Map.groupBy(all.filter((f) => f.retired_at !== null), (f) => f.object); // prettier-ignore
  return {
    version: rows[0]?.version ?? 0,
    checkedAt: performance.now(),
    readAt: performance.now(),
    own,
    pointing,
    fields,
    broken,
    retired: new Map([...gone].map(([object, fields]) => [object, fields.map((f) => f.key)])),
    described: new Map(),
  };
}

/** Objects with the fields that hold values, and what points to them. */
function heldBy(live: Map<string, FieldDefinition[]>, own: Known["own"], pointing: Known["pointing"]): Objects {
  const made = new Map<string, ObjectDescription>();
  return (name) => {
    const there = made.get(name);
    if (there) return there;
    const base = own.get(name) ?? recordTypes().find((t) => t.object.name === name)?.object;
    if (!base) throw notFound("object");
    const fields = (live.get(name) ?? []).filter((d) => !isWorkedOut(d.type)).map((d) => fieldFrom(d));
    const object = { ...base, fields: [...base.fields, ...fields], related: [...base.related, ...(pointing.get(name) ?? [])] }; // prettier-ignore
    made.set(name, object);
    return object;
  };
}

/** What objects have of others through custom relations: the vehicles of a contact, when a vehicle points to its driver. */
function pointingIn(fields: readonly FieldDefinition[], own: Known["own"]): Known["pointing"] {
  const labelOf = (name: string): string | undefined =>
    own.get(name)?.label_plural ?? recordTypes().find((t) => t.object.name === name)?.object.label_plural;
  const links = fields.flatMap((f) => {
    const label = f.type === "relation" ? labelOf(f.object) : undefined;
    if (label === undefined || f.to_object === null) return [];
    const name = `${f.object}_by_${f.key}`.replaceAll(/[^a-z_]/g, "_").slice(0, 60);
    return [
      { to: f.to_object, related: { name, label: `${label} · ${f.label}`, object: f.object, by: `custom.${f.key}` } },
    ];
  });
  return new Map([...Map.groupBy(links, (l) => l.to)].map(([to, all]) => [to, all.map((l) => l.related)]));
}

/** Which objects have few enough records to be sorted without an index. */
async function smallTables(ctx: Ctx, own: Known["own"]): Promise<(object: string) => boolean> {
  const tables = [...recordTypes().map((t) => t.object), ...own.values()].filter((o) => o.custom);
  const { rows } = await sql<{ relname: string }>`
    select relname from pg_class where relname = any(${tables.map((t) => t.table)}) and relnamespace = current_schema()::regnamespace and reltuples > ${sortedWithoutIndex}`.execute(
    ctx.db,
  );
  const large = new Set(rows.map((r) => r.relname));
  return (object) => !tables.some((t) => t.name === object && large.has(t.table));
}

async function current(ctx: Ctx): Promise<Known> {
  // A transaction that changes definitions sees its own; nobody else may before it commits.
  if (changing.has(ctx.db)) return read(ctx);
  const all = knownIn(ctx);
  const known = all.get(ctx.workspace.schema);
  const now = performance.now();
  if (known && now - known.checkedAt < freshForMs) return known;
  if (known) {
    // Those who ask while the answer is on its way go on with what is known.
    known.checkedAt = now;
    const { rows } = await sql<{ version: number }>`select version from custom_definitions`.execute(ctx.db);
    if (rows[0]?.version === known.version && now - known.readAt < readAgainAfterMs) return known;
  }
  const fresh = await read(ctx);
  all.set(ctx.workspace.schema, fresh);
  return fresh;
}

function describe(known: Known | undefined, object: ObjectDescription): ObjectDescription {
  const fields = known?.fields.get(object.name);
  const retired = known?.retired.get(object.name);
  const pointing = known?.pointing.get(object.name);
  // What is described already stays so.
  if (!known || object.retired || (!fields && !retired && !pointing)) return object;
  const kept = known.described.get(object);
  if (kept) return kept;
  const described = {
    ...object, fields: [...object.fields, ...(fields ?? [])], related: [...object.related, ...(pointing ?? [])], retired: retired ?? [],
  }; // prettier-ignore
  known.described.set(object, described);
  return described;
}

/** Descriptions by the object's name, with the custom fields of one workspace. */
export type Objects = (name: string) => ObjectDescription;

/** All descriptions as they are in this workspace, at most a second old when another process changes them. */
export async function objectsFor(ctx: Ctx): Promise<Objects> {
  const known = await current(ctx);
  return (name) => shownTo(ctx, describe(known, baseOf(known, name)));
}

const baseOf = (known: Known | undefined, name: string): ObjectDescription => known?.own.get(name) ?? objectNamed(name);

/** The objects that administrators made here, described. */
export async function ownObjectsFor(ctx: Ctx): Promise<ObjectDescription[]> {
  const known = await current(ctx);
  return [...known.own.values()].map((o) => shownTo(ctx, describe(known, o)));
}

/** The object of that name or plural as generic commands take it, one of this workspace's own too; undefined when there is none. */
export async function typeNamed(ctx: Ctx, name: string): Promise<RecordType | undefined> {
  const there = recordTypes().find((t) => t.object.name === name || t.object.plural === name);
  if (there || !isOwn(name)) return there;
  const own = (await current(ctx)).own.get(name);
  return own && ownType(own);
}

/** The object's description with this workspace's custom fields, named `custom.<key>`, behind its own; what the caller's role may read. */
export const describedFor = async (ctx: Ctx, object: ObjectDescription): Promise<ObjectDescription> =>
  shownTo(ctx, describe(await current(ctx), object));

/** The same as it was last read in this process. */
export const describedKnown = (ctx: Ctx, object: ObjectDescription): ObjectDescription =>
  shownTo(ctx, describe(knownIn(ctx).get(ctx.workspace.schema), object));

/** Why fields that are worked out cannot be, by the field's id. */
const brokenFields = async (ctx: Ctx): Promise<Made["broken"]> => (await current(ctx)).broken;

/** All descriptions as they were last read in this process, for SQL that is put together without waiting. */
export function objectsKnown(ctx: Ctx): Objects {
  const known = knownIn(ctx).get(ctx.workspace.schema);
  return (name) => shownTo(ctx, describe(known, baseOf(known, name)));
}

/**
 * Asked before a definition changes: what it answers refuses the change afterwards when a field that was worked out no longer can be,
 * naming the field that was changed when it is that one, else the one that speaks of it.
 */
export async function wholeBefore(tx: Tx): Promise<(changed?: { id: string; label: string; fast: boolean }) => Promise<void>> {
  const before = await brokenFields(tx);
  return async (changed) => {
    const { broken, fields } = await current(tx);
    for (const [id, refusal] of broken) {
      if (before.has(id) && id !== changed?.id) continue;
      if (id === changed?.id) throw refusal;
      const { rows } = await sql<{ label: string }>`select label from custom_fields where id = ${id}`.execute(tx.db);
      throw new Refused("conflict", "custom-field.spoken-of", `“${rows[0]?.label}” is worked out of it: ${refusal.message}`); // prettier-ignore
    }
    const field = [...fields.values()].flat().find((f) => f.id === changed?.id);
    if (changed?.fast && field?.worked?.moving)
      throw invalid("fast", "It comes to something else as days pass or other records change, so no index can hold it.");
  };
} // prettier-ignore

/** Says in the transaction that changes a definition that descriptions are no longer what they were; forgotten here at the commit. */
export async function definitionsChanged(tx: Tx): Promise<void> {
  changing.add(tx.db);
  await sql`update custom_definitions set version = version + 1`.execute(tx.db);
  tx.afterCommit(() => knownIn(tx).delete(tx.workspace.schema));
}
