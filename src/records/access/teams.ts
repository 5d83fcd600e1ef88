import { sql } from "kysely";
import { z } from "zod";
import { newId } from "#kernel/id";
import { invalid, notFound, Refused } from "#kernel/refusal";
import type { Ctx, Tx } from "#platform/context";
import { changeAccess } from "./change.ts";

export interface Team {
  id: string;
  name: string;
  version: number;
  people: string[];
}

export const teamSchema = z.object({
  name: z.string().trim().min(1, "A team needs a name.").max(80),
  people: z.array(z.uuid()).max(2000),
});

/** The teams and who is in them. */
export async function teams(ctx: Ctx): Promise<Team[]> {
  const { rows } = await sql<Team>`
    select t.id, t.name, t.version, coalesce((select array_agg(m.user_id) from team_members m where m.team_id = t.id), '{}') as people
      from teams t order by lower(t.name)`.execute(ctx.db);
  return rows;
}

/**
 * Makes a team or, by its id and the version the caller saw, says anew what it is called and who is in it; answers its id. A deleted
 * one comes back under its id.
 */
export const saveTeam = (
  ctx: Ctx,
  team: z.output<typeof teamSchema>,
  id: string = newId(),
  version = 0,
): Promise<string> =>
  changeAccess(ctx, async (tx) => {
    await checkPeople(tx, "people", team.people);
    const { rows: same } = await sql`select 1 from teams where lower(name) = lower(${team.name}) and id <> ${id}`.execute(tx.db); // prettier-ignore
    if (same.length > 0) throw invalid("name", `There is a team called "${team.name}" already.`, "team.name-taken");
    const { rows: saved } = await sql`
      insert into teams as t (id, name, version, created_at) values (${id}, ${team.name}, ${version + 1}, ${tx.clock()})
      on conflict (id) do update set name = excluded.name, version = excluded.version where t.version = ${version} returning 1`.execute(
      tx.db,
    );
    if (saved.length === 0) throw new Refused("stale", "team.stale", "Somebody changed this team since you opened it.");
    await sql`delete from team_members where team_id = ${id} and user_id <> all(${team.people}::uuid[])`.execute(tx.db);
    await sql`insert into team_members (team_id, user_id) select ${id}::uuid, unnest(${team.people}::uuid[]) on conflict do nothing`.execute(tx.db); // prettier-ignore
    return id;
  });

/** Deletes a team; what was shared with it and the territories it held are no longer its people's. */
export const dropTeam = (ctx: Ctx, id: string): Promise<void> =>
  changeAccess(ctx, async (tx) => {
    const { rows } = await sql`delete from teams where id = ${id} returning 1`.execute(tx.db);
    if (rows.length === 0) throw notFound("team");
  });

export interface Line {
  user_id: string;
  manager_id: string;
}

/** Who reports to whom. */
export async function reportingLines(ctx: Ctx): Promise<Line[]> {
  const { rows } = await sql<Line>`select user_id, manager_id from reporting_lines`.execute(ctx.db);
  return rows;
}

/** Says to whom somebody reports, who reported to `seen` until now; to nobody with null. A circle is refused. */
export const reportTo = (ctx: Ctx, user_id: string, manager_id: string | null, seen: string | null): Promise<void> =>
  changeAccess(ctx, async (tx) => {
    await checkPeople(tx, "manager_id", [user_id, ...(manager_id ? [manager_id] : [])]);
    // One at a time: two lines drawn at once could close a circle that neither of them sees.
    await sql`lock table reporting_lines in share row exclusive mode`.execute(tx.db);
    const { rows: now } =
      await sql<Line>`select user_id, manager_id from reporting_lines where user_id = ${user_id}`.execute(tx.db);
    if ((now[0]?.manager_id ?? null) !== seen)
      throw new Refused("stale", "line.stale", "Somebody said meanwhile to whom they report.", {
        detail: { current: now[0] ?? null },
      });
    if (manager_id === null) {
      await sql`delete from reporting_lines where user_id = ${user_id}`.execute(tx.db);
      return;
    }
    const { rows } = await sql`
      with recursive above as (
        select ${manager_id}::uuid as id union select r.manager_id from reporting_lines r join above a on r.user_id = a.id)
      select 1 from above where id = ${user_id}::uuid`.execute(tx.db);
    if (rows.length > 0) throw invalid("manager_id", "They report to this person already: a line has no circles.", "line.circle"); // prettier-ignore
    await sql`insert into reporting_lines (user_id, manager_id) values (${user_id}, ${manager_id})
              on conflict (user_id) do update set manager_id = excluded.manager_id`.execute(tx.db);
  });

/** Refuses who is nobody in this company. */
export async function checkPeople(tx: Tx, field: string, people: readonly string[]): Promise<void> {
  const { rows } = await sql<{ user_id: string }>`
    select user_id from rondo.members where workspace_id = ${tx.workspace.id} and user_id = any(${people}::uuid[])`.execute(tx.db); // prettier-ignore
  if (rows.length < new Set(people).size) throw invalid(field, "There is nobody like that in your company.");
}
