import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { usualWeek, type Calendar } from "./calendar.ts";

const usual = (ctx: Ctx): Calendar => ({ version: 0, tz: ctx.workspace.time_zone, weekly: usualWeek, holidays: [] });

/** The company's business hours now; Monday to Friday 9 to 17 in its zone while nobody said otherwise. */
export async function calendarOf(ctx: Ctx): Promise<Calendar> {
  const { rows } = await sql<Calendar>`
    select version, tz, weekly, holidays from calendars order by version desc limit 1`.execute(ctx.db);
  return rows[0] ?? usual(ctx);
}

/** Business hours of those versions, by version: what running clocks were started with. */
export async function calendarsOf(ctx: Ctx, versions: readonly number[]): Promise<Map<number, Calendar>> {
  const { rows } = await sql<Calendar>`
    select version, tz, weekly, holidays from calendars where version = any(${[...new Set(versions)]})`.execute(ctx.db);
  return new Map([[0, usual(ctx)], ...rows.map((c) => [c.version, c] as const)]);
}

/** Keeps new business hours as the version after the one the caller saw; clocks that run keep theirs. */
export async function changeCalendar(ctx: Ctx, seen: number, hours: Omit<Calendar, "version">): Promise<Calendar> {
  const { rows } = await sql<Calendar>`
    insert into calendars (version, tz, weekly, holidays, created_by, created_at)
    select ${seen + 1}, ${hours.tz}, ${JSON.stringify(hours.weekly)}::jsonb, ${JSON.stringify(hours.holidays)}::jsonb, ${ctx.actor.name}, ${ctx.clock()}
     where ${seen} = coalesce((select max(version) from calendars), 0)
        on conflict (version) do nothing
    returning version, tz, weekly, holidays`.execute(ctx.db);
  if (!rows[0]) throw new Refused("stale", "calendar.stale", "Somebody changed the business hours since you opened them."); // prettier-ignore
  return rows[0];
}

/** Writes the usual hours down at the first start, so that a company that moves to another zone keeps them. */
export async function seedCalendar(ctx: Ctx): Promise<void> {
  const { tz, weekly } = usual(ctx);
  await sql`
    insert into calendars (version, tz, weekly, created_by, created_at) values (1, ${tz}, ${JSON.stringify(weekly)}::jsonb, 'Rondo', ${ctx.clock()})
        on conflict do nothing`.execute(ctx.db);
}
