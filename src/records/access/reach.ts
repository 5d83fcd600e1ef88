import type { Access, Ctx, Scope, Verb } from "#platform/context";
import { conditionSql } from "../condition/index.ts";
import type { ObjectDescription } from "../object.ts";
import { objectsKnown } from "../custom/described.ts";
import { aboveAccess, customersOf, isOwned, ownerField, scopeOf } from "./scope.ts";

/*
 * Every read and write of records asks this one predicate. For those who see all it is "true" and costs nothing; else it is an OR
 * of tests that indexes answer: the owner's column, and ids shared by hand (an array made once per statement, so that both sides
 * are one bitmap).
 */
interface Asking {
  ctx: Ctx;
  access: Access;
  params: unknown[];
}

/** Whether the row under the alias is within reach of the verb, as SQL; values are pushed on params. */
export function reachSql(ctx: Ctx, object: ObjectDescription, verb: Verb, alias: string, params: unknown[]): string {
  if (ctx.access === "above") return "true";
  const asking = { ctx, access: ctx.access, params };
  const [seen, scope] = [scopeOf(ctx, object, "read"), scopeOf(ctx, object, verb)];
  if (seen === "none" || scope === "none") return "false";
  if (verb === "create") return within(asking, object, seen, "read", alias);
  const act = within(asking, object, scope, verb, alias);
  // To see one is part of every act on it; with the same scope the act says it already.
  return scope === seen ? act : all([within(asking, object, seen, "read", alias), act]);
}

/** Whether everything is within reach: the predicate would be "true". */
export const reachesAll = (ctx: Ctx, object: ObjectDescription, verb: Verb): boolean =>
  reachSql(ctx, object, verb, "t", []) === "true";

function within(asking: Asking, object: ObjectDescription, scope: Scope, verb: Verb, alias: string): string {
  if (scope === "none") return "false";
  const inScope = scopeTest(asking, object, scope, alias);
  const guarded = asking.access.guarded.has(object.name);
  if (inScope === "true" && !guarded) return "true";
  const open = guarded ? all([inScope, openTest(asking, object, alias)]) : inScope;
  return any([open, sharedTest(asking, object, verb, alias)]);
}

function scopeTest(asking: Asking, object: ObjectDescription, scope: Scope, alias: string): string {
  if (scope === "all") return "true";
  const customers = customersOf(object);
  if (!isOwned(object)) {
    // What is nobody's (products, surveys) has no scope between nothing and everything.
    if (customers.length === 0) return "true";
    return any(customers.map(({ by, to }) => through(object, by, to, alias, (there) => any([scopeTest(asking, to, scope, there), sharedTest(asking, to, "read", there)])))); // prettier-ignore
  }
  const mine = ownerTest(asking, scope, alias);
  return scope === "territory" ? any([mine, territoryTest(asking, object, alias)]) : mine;
}

/** Whether the customer that the row points to passes the test. */
const through = (object: ObjectDescription, by: string, to: ObjectDescription, alias: string, test: (there: string) => string): string => {
  const there = `${alias}_${by}`;
  return `exists (select from "${to.table}" ${there} where ${there}.id = ${alias}."${by}" and ${test(there)})`;
}; // prettier-ignore

/** Whose records the scope takes in by their owner. */
export function peopleIn(access: Access, scope: Scope): readonly string[] {
  if (access.person === null) return [];
  return scope === "team" ? access.colleagues : scope === "subordinates" ? access.below : [access.person];
}

function ownerTest({ access, params }: Asking, scope: Scope, alias: string): string {
  if (access.person === null) return "false";
  const column = `${alias}."${ownerField}"`;
  const people = peopleIn(access, scope);
  return people.length === 1
    ? `${column} = $${params.push(people[0])}::uuid`
    : `${column} = any($${params.push(people)}::uuid[])`;
}

function territoryTest(asking: Asking, object: ObjectDescription, alias: string): string {
  const { access, ctx, params } = asking;
  const own = access.territories
    .filter((t) => t.object === object.name)
    .map((t) =>
      conditionSql(t.condition, object, {
        objects: objectsKnown(aboveAccess(ctx)),
        now: ctx.clock(),
        alias,
        params,
        seen: () => "true",
      }),
    );
  const reached = customersOf(object)
    .filter(({ to }) => access.territories.some((t) => t.object === to.name || customersOf(to).length > 0))
    .map(({ by, to }) => through(object, by, to, alias, (there) => territoryTest(asking, to, there)));
  return any([...own, ...reached]);
}

/** Not private, or private and mine. */
function openTest(asking: Asking, object: ObjectDescription, alias: string): string {
  const open = `not exists (select from private_records hidden where hidden.record_id = ${alias}.id)`;
  return isOwned(object) ? any([open, ownerTest(asking, "own", alias)]) : open;
}

function sharedTest({ access, params }: Asking, object: ObjectDescription, verb: Verb, alias: string): string {
  // Whoever may change a shared record still may not delete it: that stays with those who have it in their scope.
  // Where nothing is shared with them, the test is not there at all: beside "or" no list is read off its index.
  if (access.person === null || verb === "delete" || !access.shared.has(object.name)) return "false";
  const name = `$${params.push(object.name)}`;
  const edit = verb === "update" ? " and s.can_edit" : "";
  const ofMine = `select s.record_id from record_shares s where s.object = ${name} and s.user_id = $${params.push(access.person)}::uuid${edit}`;
  const ofTeams = access.teams.length > 0 ? ` union all select s.record_id from record_shares s where s.object = ${name} and s.team_id = any($${params.push(access.teams)}::uuid[])${edit}` : ""; // prettier-ignore
  return `${alias}.id = any(array(${ofMine}${ofTeams}))`;
}

// Only tests that took no parameter are left out: PostgreSQL refuses a parameter that nothing uses.
function any(tests: readonly string[]): string {
  const some = tests.filter((t) => t !== "false");
  if (some.length > 0 && some.every((t) => t === "true")) return "true";
  return some.length === 0 ? "false" : some.length === 1 ? some[0]! : `(${some.join(" or ")})`;
}

function all(tests: readonly string[]): string {
  const some = tests.filter((t) => t !== "true");
  return some.length === 0 ? "true" : some.length === 1 ? some[0]! : `(${some.join(" and ")})`;
}
