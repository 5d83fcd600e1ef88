import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { noteChanges } from "#records";
import { recordAll, type FactInput } from "#timeline";
import type { Group } from "./gather.ts";

/** The columns a meeting may fill, with their types in SQL; the first one is always there. */
export type Columns = Readonly<Record<string, "text" | "uuid" | "boolean">>;

export interface Filled {
  id: string;
  account_id: string | null;
  changed: string[];
}

const typed = (columns: Columns): string =>
  Object.entries(columns)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(", ");

/**
 * Creates the groups that are new, in one statement. Answers the ids that were really created: one whose e-mail somebody else
 * took at this very moment is left out, to be looked up again.
 */
export async function insertGroups(
  tx: Tx,
  table: "contacts" | "accounts",
  columns: Columns,
  source: string,
  rows: readonly (Record<string, unknown> & { id: string })[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const names = Object.keys(columns).map((c) => `"${c}"`).join(", "); // prettier-ignore
  const { rows: made } = await sql<{ id: string }>`
    insert into ${sql.table(table)} (id, ${sql.raw(names)}, custom, source, created_at, updated_at)
    select r.id, ${sql.raw(names)}, coalesce(r.custom, '{}'), ${source}, ${tx.clock()}, ${tx.clock()}
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, ${sql.raw(typed(columns))}, custom jsonb)
        on conflict do nothing returning id`.execute(tx.db);
  return new Set(made.map((m) => m.id));
}

/** Fills empty fields of known records, never overwrites one; answers what was filled. */
export async function fillGroups(
  tx: Tx,
  table: "contacts" | "accounts",
  columns: Columns,
  rows: readonly (Record<string, unknown> & { id: string })[],
): Promise<(Filled & { before: Record<string, unknown>; after: Record<string, unknown> })[]> {
  if (rows.length === 0) return [];
  const names = Object.keys(columns);
  const list = names.map((c) => `o."${c}"`).join(", ");
  const sets = names.map((c) => `"${c}" = coalesce(t."${c}", r."${c}")`).join(", ");
  const missing = names.map((c) => `(o."${c}" is null and r."${c}" is not null)`).join(" or ");
  const { rows: filled } = await sql<{
    id: string;
    account_id: string | null;
    before: Record<string, unknown>;
    after: Record<string, unknown>;
  }>`
    with r as materialized (
           select * from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, ${sql.raw(typed(columns))}, custom jsonb)),
         old as materialized (
           select o.id, (select row_to_json(x) from (select ${sql.raw(list)}, o.custom) x) as before
             from (select * from ${sql.table(table)} where id in (select id from r) order by id for update) o join r using (id)
            where ${sql.raw(missing)} or not (o.custom @> (coalesce(r.custom, '{}') || o.custom)))
    update ${sql.table(table)} t set ${sql.raw(sets)}, custom = coalesce(r.custom, '{}') || t.custom, version = t.version + 1, updated_at = ${tx.clock()}
      from r, old where r.id = t.id and old.id = t.id
    returning t.id, to_json(t) ->> 'account_id' as account_id, old.before, to_json(t) as after`.execute(tx.db);
  return filled.map((f) => ({ ...f, changed: [...names, "custom"].filter((c) => JSON.stringify(f.before[c]) !== JSON.stringify(f.after[c])) })); // prettier-ignore
}

/** Ties groups to their ids elsewhere; an id that named a record in the trash names this one from now on. */
export async function tieExternals(
  tx: Tx,
  object: "contact" | "account",
  groups: readonly Pick<Group<unknown>, "id" | "externals">[],
): Promise<void> {
  const rows = groups.flatMap((g) => [...g.externals.values()].map((e) => ({ ...e, record_id: g.id })));
  if (rows.length === 0) return;
  await sql`
    insert into external_ids (object, system, external_id, record_id)
    select ${object}, r.system, r.id, r.record_id from json_to_recordset(${JSON.stringify(rows)}::json) as r(system text, id text, record_id uuid)
     order by r.system, r.id
        on conflict (object, system, external_id) do update set record_id = excluded.record_id
     where external_ids.record_id <> excluded.record_id
       and exists (select from ${sql.table(`${object}s`)} t where t.id = external_ids.record_id and t.deleted_at is not null)`.execute(
    tx.db,
  );
}

/** History and timeline of a meeting: one line and one fact for each record that was made or completed. */
export async function tellMet(
  tx: Tx,
  object: "contact" | "account",
  created: readonly { id: string; fact: FactInput }[],
  filled: readonly { id: string; fact: FactInput; changed: string[]; before: Record<string, unknown>; after: Record<string, unknown> }[], // prettier-ignore
): Promise<void> {
  await noteChanges(tx, [
    ...created.map((c) => ({ object, record_id: c.id, action: "created" as const, fields: null })),
    ...filled.map((f) => ({
      object,
      record_id: f.id,
      action: "updated" as const,
      fields: Object.fromEntries(
        f.changed.map((c) => [c, [f.before[c] ?? null, f.after[c] ?? null] as [unknown, unknown]]),
      ),
    })),
  ]);
  await recordAll(
    tx,
    [...created, ...filled].map((r) => r.fact),
  );
}

/** Meetings of one workspace follow one another until their transactions end: two imports at once meet nobody twice. */
export const oneMeetingAtATime = async (tx: Tx, object: "contact" | "account"): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/meet'), hashtext(${object}))`.execute(
    tx.db,
  ));
