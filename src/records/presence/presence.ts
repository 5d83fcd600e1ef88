import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { seenRecord } from "../beside.ts";
import type { RecordRef } from "../named.ts";

/*
 * Words we use
 *   page       one open page of a record in a browser; it says every ten seconds that it is still there
 *   presence   who has a record open, and whether they are changing it; forgotten thirty seconds after the last word
 */
const forMs = 30_000;
// One person has this many records open at the most; the oldest pages are forgotten first.
const pagesAtMost = 30;

export interface Present {
  id: string;
  name: string;
  editing: boolean;
}

export interface PresenceOf {
  object: string;
  record_id: string;
  people: Present[];
}

const peopleSql = (ctx: Ctx, since: Date) => sql`
  select p.object, p.record_id, json_agg(json_build_object('id', u.id, 'name', u.name, 'editing', p.editing) order by u.name, u.id) as people
    from (select object, record_id, user_id, bool_or(editing) as editing from presence where seen_at > ${since} group by object, record_id, user_id) p
    join rondo.members m on m.workspace_id = ${ctx.workspace.id} and m.user_id = p.user_id join rondo.users u on u.id = p.user_id`;

/** Says that the page is open, and answers who else is there. Refused when the person may not see the record. */
export async function bePresent(ctx: Ctx, ref: RecordRef, page: { page_id: string; editing: boolean }): Promise<Present[]> {
  if (ctx.actor.kind !== "user" || !ctx.actor.id) return [];
  await seenRecord(ctx, ref);
  const now = ctx.clock();
  const since = new Date(now.getTime() - forMs);
  await sql`
    insert into presence (page_id, user_id, object, record_id, editing, seen_at)
    values (${page.page_id}, ${ctx.actor.id}, ${ref.object}, ${ref.record_id}, ${page.editing}, ${now})
    on conflict (page_id) do update set object = excluded.object, record_id = excluded.record_id, editing = excluded.editing, seen_at = excluded.seen_at
     where presence.user_id = excluded.user_id`.execute(ctx.db);
  await sql`
    delete from presence where seen_at <= ${since}
        or page_id in (select page_id from presence where user_id = ${ctx.actor.id} order by seen_at desc, page_id offset ${pagesAtMost})`.execute(ctx.db);
  const { rows } = await sql<PresenceOf>`${peopleSql(ctx, since)} where p.object = ${ref.object} and p.record_id = ${ref.record_id} group by p.object, p.record_id`.execute(ctx.db);
  return (rows[0]?.people ?? []).filter((person) => person.id !== ctx.actor.id);
} // prettier-ignore

/** Says that the page was closed. */
export const leavePage = async (ctx: Ctx, page_id: string): Promise<void> =>
  void (await sql`delete from presence where page_id = ${page_id} and user_id = ${ctx.actor.id}`.execute(ctx.db));

/** A question that answers with the records at which somebody came, went or began to edit since it was asked last. */
export function changedPresence(): (ctx: Ctx) => Promise<PresenceOf[]> {
  let before = new Map<string, string>();
  return async (ctx) => {
    const since = new Date(ctx.clock().getTime() - forMs);
    const { rows } = await sql<PresenceOf>`${peopleSql(ctx, since)} group by p.object, p.record_id`.execute(ctx.db);
    const now = new Map(rows.map((row) => [row.record_id, JSON.stringify(row.people)]));
    const changed = rows.filter((row) => before.get(row.record_id) !== now.get(row.record_id));
    before = now;
    return changed;
  };
}
