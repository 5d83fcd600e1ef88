import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Ctx, Tx } from "#platform/context";
import { mayRead, shownTo } from "./access/fields.ts";
import { mustReach } from "./access/index.ts";
import { typeNamed } from "./custom/described.ts";
import { notifyOfChanges } from "./notifications/of-changes.ts";
import type { ObjectDescription } from "./object.ts";
import type { Act, Row } from "./registry.ts";

/*
 * Words we use
 *   change set   one act: who, when, why, from which job; everything saved in one transaction belongs to one set
 *   change       what the act did to one record: {"field": [old, new]}
 */
export interface ChangeEntry {
  object: string;
  record_id: string;
  action: Act;
  fields: Record<string, [unknown, unknown]> | null;
}

const setOf = new WeakMap<object, string>();

/** The change set of this transaction; made at its first change. `undoes`: the set or job that it takes back. */
export async function changeSet(tx: Tx, reason?: string, undoes?: string): Promise<string> {
  const known = setOf.get(tx.db);
  if (known) return known;
  const id = newId();
  setOf.set(tx.db, id);
  await sql`insert into change_sets (id, at, actor_kind, actor_id, actor_name, job_id, reason, undoes)
            values (${id}, ${tx.clock()}, ${tx.actor.kind}, ${tx.actor.id}, ${tx.actor.name}, ${tx.jobId ?? null}, ${reason ?? null}, ${undoes ?? null})`.execute(
    tx.db,
  );
  return id;
}

/** What a new record holds in fields of the company's own, as it is noted: nothing when they are empty. */
export const notedCustom = (custom: Record<string, unknown> = {}): { custom: [null, unknown] } | null =>
  Object.keys(custom).length > 0 ? { custom: [null, custom] } : null;

/** Takes the change set of this transaction away again when nothing was changed under it; answers whether it stays. */
export async function forgetEmptySet(tx: Tx): Promise<boolean> {
  const id = setOf.get(tx.db);
  if (!id) return false;
  const { rows } = await sql`
    delete from change_sets s where s.id = ${id} and not exists (select from changes c where c.set_id = s.id) returning id`.execute(
    tx.db,
  );
  if (rows.length > 0) setOf.delete(tx.db);
  return rows.length === 0;
}

/** Notes what was done to records, in one statement; a field that changes twice in one act keeps its first old value. */
export async function noteChanges(tx: Tx, entries: readonly ChangeEntry[], reason?: string): Promise<void> {
  if (entries.length === 0) return;
  const set = await changeSet(tx, reason);
  const told = entries.map((entry) => ({ ...entry, fields: entry.fields && byKey(entry.fields) }));
  await sql`
    insert into changes (set_id, object, record_id, action, fields)
    select ${set}::uuid, r.object, r.record_id, r.action, r.fields
      from json_to_recordset(${JSON.stringify(told)}::json) as r(object text, record_id uuid, action text, fields jsonb)
        on conflict (record_id, set_id, object) do update
       set fields = coalesce(changes.fields, '{}') || (
             select coalesce(jsonb_object_agg(n.key, case when changes.fields ? n.key then jsonb_build_array(changes.fields -> n.key -> 0, n.value -> 1) else n.value end), '{}')
               from jsonb_each(coalesce(excluded.fields, '{}')) n)`.execute(tx.db);
  await notifyOfChanges(tx, set, told);
}

// Custom fields lie in one column and are told apart in the history, each with its own old and new value.
function byKey({ custom, ...fields }: Record<string, [unknown, unknown]>): Record<string, [unknown, unknown]> {
  if (!custom) return fields;
  const [old, now] = custom.map((side) => ({ ...(side as Record<string, unknown> | null) })) as [Row, Row];
  const changed = differences(old, now, [...new Set([...Object.keys(old), ...Object.keys(now)])]);
  for (const [key, change] of Object.entries(changed)) fields[`custom.${key}`] = change;
  return fields;
}

/** Fields whose value differs, with old and new. */
export function differences(
  before: Row | null,
  after: Row,
  names: readonly string[],
): Record<string, [unknown, unknown]> {
  const found: Record<string, [unknown, unknown]> = {};
  for (const name of names) {
    const [old, now] = [before?.[name] ?? null, after[name] ?? null];
    if (JSON.stringify(old) !== JSON.stringify(now)) found[name] = [old, now];
  }
  return found;
}

export interface HistoryEntry {
  set_id: string;
  at: Date;
  actor: { kind: string; id: string | null; name: string };
  job_id: string | null;
  reason: string | null;
  action: Act;
  fields: Record<string, [unknown, unknown]> | null;
  /** The set or job that this one takes back. */
  undoes: string | null;
  /** Whether another set took this one back on this record. */
  undone: boolean;
}

/** Who changed what on the record, newest first. */
export async function historyOf(ctx: Ctx, object: string, id: string, limit = 100): Promise<HistoryEntry[]> {
  const type = (await typeNamed(ctx, object))?.object;
  if (type) await mustReach(ctx, type, id);
  const { rows } = await sql<HistoryEntry>`
    select s.id as set_id, s.at, json_build_object('kind', s.actor_kind, 'id', s.actor_id, 'name', s.actor_name) as actor, s.job_id, s.reason, s.undoes, c.action, c.fields,
           exists (select from change_sets u join changes d on d.set_id = u.id and d.record_id = c.record_id and d.object = c.object
                    where u.undoes = s.id or u.undoes = s.job_id) as undone
      from changes c join change_sets s on s.id = c.set_id
     where c.record_id = ${id} and c.object = ${object}
     order by s.at desc, s.id desc limit ${limit}`.execute(ctx.db);
  return type ? rows.map((entry) => ({ ...entry, fields: readable(ctx, type, entry.fields) })) : rows;
}

/** What the role may read of a change; custom values of old changes lie together under "custom". */
function readable(ctx: Ctx, object: ObjectDescription, fields: HistoryEntry["fields"]): HistoryEntry["fields"] {
  if (!fields || shownTo(ctx, object) === object) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => mayRead(ctx, object, name)));
}
