import { sql } from "kysely";
import type { Ctx } from "#platform/context";

/** What one act changed of one object, in short: for browsers that show those records now. */
export interface ChangeTold {
  object: string;
  /** At most fifty; an act on more says so by `many`. */
  ids: string[];
  many: boolean;
  /** The names of the fields that changed. */
  fields: string[];
  by: { id: string | null; name: string };
}

// A transaction may commit this long, in ms, after the instant it wrote down; those seen already are left out.
const lateMs = 10_000;
const idsAtMost = 50;
// Of more acts in ten seconds the newest are told; each makes the lists of its object ask again, so that nothing stays old.
const setsAtMost = 500;

interface Change {
  set_id: string;
  object: string;
  record_id: string;
  fields: string[] | null;
}

/** A question that answers with what was changed since it was asked last, act by act. */
export function newChanges(from: Date): (ctx: Ctx) => Promise<ChangeTold[]> {
  let since = from;
  let seen = new Set<string>();
  return async (ctx) => {
    const late = new Date(Math.max(since.getTime() - lateMs, from.getTime()));
    const { rows: sets } = await sql<{ id: string; at: Date; actor_id: string | null; actor_name: string }>`
      select id, at, actor_id, actor_name from change_sets where at > ${late} order by at desc, id desc limit ${setsAtMost}`.execute(ctx.db);
    const fresh = sets.filter((set) => !seen.has(set.id)).toReversed();
    since = sets[0]?.at ?? since;
    seen = new Set(sets.map((set) => set.id));
    if (fresh.length === 0) return [];
    const { rows } = await sql<Change>`
      select s.id as set_id, c.object, c.record_id, c.fields
        from unnest(${fresh.map((set) => set.id)}::uuid[]) s(id)
       cross join lateral (select object, record_id, case when jsonb_typeof(fields) = 'object' then array(select jsonb_object_keys(fields)) end as fields
                             from changes where set_id = s.id limit ${idsAtMost + 1}) c`.execute(ctx.db);
    return fresh.flatMap((set) => {
      const of = Map.groupBy(rows.filter((row) => row.set_id === set.id), (row) => row.object);
      return [...of].map(([object, changes]) => ({
        object,
        ids: changes.slice(0, idsAtMost).map((c) => c.record_id),
        many: changes.length > idsAtMost,
        fields: [...new Set(changes.flatMap((c) => c.fields ?? []))].slice(0, 50),
        by: { id: set.actor_id, name: set.actor_name },
      }));
    });
  };
} // prettier-ignore
