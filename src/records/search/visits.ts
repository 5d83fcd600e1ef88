import { CompiledQuery, sql } from "kysely";
import type { Ctx } from "#platform/context";
import type { ObjectDescription } from "../object.ts";
import { whereOf } from "../list.ts";

/** How many records of each person are remembered. */
const kept = 200;

/** Remembers that the person opened or changed the record, when they may see it; keys and jobs leave no trace. */
export async function noteVisit(ctx: Ctx, object: ObjectDescription, id: string): Promise<void> {
  if (ctx.actor.kind !== "user" || !ctx.actor.id) return;
  const params: unknown[] = [ctx.actor.id, object.name, id, ctx.clock()];
  const where = whereOf(ctx, object, {}, params);
  await ctx.db.executeQuery(
    CompiledQuery.raw(
      `insert into record_visits (user_id, object, record_id, at)
       select $1::uuid, $2::text, t.id, $4::timestamptz from "${object.table}" t where t.id = $3::uuid and ${where}
           on conflict (user_id, object, record_id) do update set at = excluded.at, count = record_visits.count + 1`,
      params,
    ),
  );
  await sql`
    delete from record_visits v using (select object, record_id from record_visits where user_id = ${ctx.actor.id} order by at desc offset ${kept}) old
     where v.user_id = ${ctx.actor.id} and v.object = old.object and v.record_id = old.record_id`.execute(ctx.db);
}

/** What the person touched lately, the latest first: record ids by object, with their place in that order. */
export async function visitsOf(ctx: Ctx): Promise<Map<string, Map<string, number>>> {
  const visits = new Map<string, Map<string, number>>();
  if (ctx.actor.kind !== "user" || !ctx.actor.id) return visits;
  const { rows } = await sql<{ object: string; record_id: string }>`
    select object, record_id from record_visits where user_id = ${ctx.actor.id} order by at desc limit ${kept}`.execute(
    ctx.db,
  );
  for (const [place, { object, record_id }] of rows.entries()) {
    const of = visits.get(object) ?? new Map<string, number>();
    visits.set(object, of.set(record_id, place));
  }
  return visits;
}
