import { sql } from "kysely";
import { z } from "zod";
import { conditionSchema, type Condition } from "#kernel/condition";
import { newId } from "#kernel/id";
import { invalid, notFound, Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { objectsFor } from "../custom/described.ts";
import { checkFilter } from "../filter.ts";
import { countRecords } from "../list.ts";
import { changeAccess } from "./change.ts";
import { aboveAccess } from "./scope.ts";
import { checkPeople } from "./teams.ts";

export interface Territory {
  id: string;
  name: string;
  version: number;
  object: "contact" | "account";
  condition: Condition;
  people: string[];
  teams: string[];
}

export const territorySchema = z.object({
  name: z.string().trim().min(1, "A territory needs a name.").max(80),
  object: z.enum(["contact", "account"]),
  condition: conditionSchema,
  people: z.array(z.uuid()).max(500),
  teams: z.array(z.uuid()).max(200),
});
type NewTerritory = z.output<typeof territorySchema>;

/** The territories and who holds them. */
export async function territories(ctx: Ctx): Promise<Territory[]> {
  const { rows } = await sql<Territory>`
    select t.id, t.name, t.version, t.object, t.condition,
           coalesce((select array_agg(h.user_id) from territory_holders h where h.territory_id = t.id and h.user_id is not null), '{}') as people,
           coalesce((select array_agg(h.team_id) from territory_holders h where h.territory_id = t.id and h.team_id is not null), '{}') as teams
      from territories t order by lower(t.name)`.execute(ctx.db);
  return rows;
}

/** Makes a territory or, by its id and the version the caller saw, says anew what it is; answers its id. A deleted one comes back. */
export const saveTerritory = (ctx: Ctx, given: NewTerritory, id: string = newId(), version = 0): Promise<string> =>
  changeAccess(ctx, async (tx) => {
    await checkCondition(tx, given);
    await checkPeople(tx, "people", given.people);
    const { rows: same } = await sql`select 1 from territories where lower(name) = lower(${given.name}) and id <> ${id}`.execute(tx.db); // prettier-ignore
    if (same.length > 0) throw invalid("name", `There is a territory called "${given.name}" already.`, "territory.name-taken"); // prettier-ignore
    const { rows: saved } = await sql`
      insert into territories as t (id, name, object, condition, version, created_at)
      values (${id}, ${given.name}, ${given.object}, ${JSON.stringify(given.condition)}, ${version + 1}, ${tx.clock()})
      on conflict (id) do update set name = excluded.name, object = excluded.object, condition = excluded.condition, version = excluded.version
       where t.version = ${version} returning 1`.execute(tx.db);
    if (saved.length === 0)
      throw new Refused("stale", "territory.stale", "Somebody changed this territory since you opened it.");
    await sql`delete from territory_holders where territory_id = ${id}`.execute(tx.db);
    await sql`insert into territory_holders (territory_id, user_id) select distinct ${id}::uuid, unnest(${given.people}::uuid[])`.execute(tx.db); // prettier-ignore
    await sql`insert into territory_holders (territory_id, team_id) select ${id}::uuid, t.id from teams t where t.id = any(${given.teams}::uuid[])`.execute(tx.db); // prettier-ignore
    return id;
  });

export const dropTerritory = (ctx: Ctx, id: string): Promise<void> =>
  changeAccess(ctx, async (tx) => {
    const { rows } = await sql`delete from territories where id = ${id} returning 1`.execute(tx.db);
    if (rows.length === 0) throw notFound("territory");
  });

/** How many customers the condition takes in, of all there are. */
export async function insideOf(ctx: Ctx, of: Pick<NewTerritory, "object" | "condition">): Promise<{ count: number; exact: boolean }> {
  await checkCondition(ctx, of);
  return countRecords(aboveAccess(ctx), (await objectsFor(aboveAccess(ctx)))(of.object), { filter: of.condition });
} // prettier-ignore

/**
 * Refuses a condition that a list could not test row by row for next to nothing: a territory speaks of the customer's own fields,
 * and of those of the account it belongs to.
 */
async function checkCondition(ctx: Ctx, { object, condition }: Pick<NewTerritory, "object" | "condition">): Promise<void> {
  const leaves = (c: Condition): Condition[] =>
    "all" in c ? c.all.flatMap(leaves) : "any" in c ? c.any.flatMap(leaves) : "not" in c ? leaves(c.not) : [c];
  const all = leaves(condition);
  if (all.length === 0) throw invalid("condition", "Say who is inside.");
  if (!all.every((leaf) => "field" in leaf)) throw invalid("condition", "A territory is told by fields alone: countries, cities, industries ..."); // prettier-ignore
  const objects = await objectsFor(aboveAccess(ctx));
  checkFilter(condition, objects(object), objects);
} // prettier-ignore
