import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Ctx, Tx } from "#platform/context";
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

/** The change set of this transaction; made at its first change. */
export async function changeSet(tx: Tx, reason?: string): Promise<string> {
  const known = setOf.get(tx.db);
  if (known) return known;
  const id = newId();
  setOf.set(tx.db, id);
  await sql`insert into change_sets (id, at, actor_kind, actor_id, actor_name, job_id, reason)
            values (${id}, ${tx.clock()}, ${tx.actor.kind}, ${tx.actor.id}, ${tx.actor.name}, ${tx.jobId ?? null}, ${reason ?? null})`.execute(
    tx.db,
  );
  return id;
}

/** Notes what was done to records, in one statement. */
export async function noteChanges(tx: Tx, entries: readonly ChangeEntry[], reason?: string): Promise<void> {
  if (entries.length === 0) return;
  const set = await changeSet(tx, reason);
  await sql`
    insert into changes (set_id, object, record_id, action, fields)
    select ${set}::uuid, r.object, r.record_id, r.action, r.fields
      from json_to_recordset(${JSON.stringify(entries)}::json) as r(object text, record_id uuid, action text, fields jsonb)
        on conflict (record_id, set_id, object) do update
       set fields = coalesce(changes.fields, '{}') || coalesce(excluded.fields, '{}')`.execute(tx.db);
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
}

/** Who changed what on the record, newest first. */
export async function historyOf(ctx: Ctx, object: string, id: string, limit = 100): Promise<HistoryEntry[]> {
  const { rows } = await sql<HistoryEntry>`
    select s.id as set_id, s.at, json_build_object('kind', s.actor_kind, 'id', s.actor_id, 'name', s.actor_name) as actor, s.job_id, s.reason, c.action, c.fields
      from changes c join change_sets s on s.id = c.set_id
     where c.record_id = ${id} and c.object = ${object}
     order by s.at desc, s.id desc limit ${limit}`.execute(ctx.db);
  return rows;
}
