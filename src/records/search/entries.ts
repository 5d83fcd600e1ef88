import { CompiledQuery } from "kysely";
import type { Ctx } from "#platform/context";
import { peopleIn, reachesAll, scopeOf, isOwned } from "../access/index.ts";
import type { ObjectDescription } from "../object.ts";

/*
 * Words we use
 *   entry   the line of a record from one of its words on (search_starts, migration 20261201_0700_search_entries.sql)
 *   start   what was typed, as an entry may begin with it; those that do are one stretch of an index, the shortest first
 *   open    an object of which all records are within reach, but for private ones
 *   mine    one of which those of some people are: asked for by their owner
 *   deep    one whose reach no index answers (a territory, an order of one's own customer): more are looked at, and sieved
 */
export interface Arms {
  open: string[];
  deep: string[];
  mine: string[];
  people: string[];
}

/** Entries that are looked at of each object and start; whoever meets more has typed too little to know. */
const most = 24;
const mostDeep = 300;
// Asked for one by one: beyond these it costs less to look at anybody's and sieve.
const peopleAtMost = 30;

/** How each object is asked. */
export function armsOf(ctx: Ctx, types: readonly ObjectDescription[]): Arms {
  const arms: Arms = { open: [], deep: [], mine: [], people: [] };
  for (const o of types) {
    const scope = scopeOf(ctx, o, "read");
    const people = ctx.access === "above" ? [] : peopleIn(ctx.access, scope);
    if (scope === "none") continue;
    if (scope === "all" || reachesAll(ctx, o, "read")) arms.open.push(o.name);
    else if (isOwned(o) && scope !== "territory" && people.length <= peopleAtMost) {
      arms.mine.push(o.name);
      arms.people = [...new Set([...arms.people, ...people])];
    } else arms.deep.push(o.name);
  }
  return arms;
}

export const mostOf = (arms: Arms, object: string): number => (arms.deep.includes(object) ? mostDeep : most);

// Beyond every letter: the stretch that begins with a text ends before the text with this behind it.
const beyond = "chr(1114111)";
const stretch = (start: string): string =>
  `e.object = o.object and e.words >= ${start} and e.words < ${start} || ${beyond}`;

/** The records whose entries begin with each start: by object, then in the order of the starts. */
export async function lookUp(ctx: Ctx, arms: Arms, starts: readonly string[]): Promise<Map<string, string[][]>> {
  const found = new Map<string, string[][]>();
  if (starts.length === 0) return found;
  const ofAll = `
    select o.object, s.n::int as n, e.record_id from unnest($1::text[]) with ordinality s(start, n)
     cross join unnest($2::text[], $3::int[]) o(object, most)
     cross join lateral (select e.record_id from search_entries e where ${stretch("s.start")} order by e.words limit o.most) e`;
  const ofPeople = `
     union all
    select o.object, s.n::int, e.record_id from unnest($1::text[]) with ordinality s(start, n)
     cross join unnest($4::text[]) o(object) cross join unnest($5::uuid[]) p(id)
     cross join lateral (select e.record_id from search_entries e where e.owner_id = p.id and ${stretch("s.start")} order by e.words limit ${most}) e`;
  const any = [...arms.open, ...arms.deep];
  const params: unknown[] = [starts, any, any.map((o) => mostOf(arms, o))];
  if (arms.mine.length > 0) params.push(arms.mine, arms.people);
  const { rows } = await ctx.db.executeQuery<{ object: string; n: number; record_id: string }>(
    CompiledQuery.raw(arms.mine.length > 0 ? ofAll + ofPeople : ofAll, params),
  );
  for (const { object, n, record_id } of rows) {
    const lists = found.get(object) ?? starts.map(() => []);
    found.set(object, lists);
    lists[n - 1]!.push(record_id);
  }
  return found;
}

const crossedOf = 20_000;

/** Records of the objects with an entry that begins with one of `a` and another with one of `b`, both of which many have. */
export async function crossing(
  ctx: Ctx,
  objects: readonly string[],
  a: readonly string[],
  b: readonly string[],
): Promise<Map<string, string[]>> {
  const side = (n: number): string =>
    `(select e.record_id from unnest($${n}::text[]) s(start) cross join lateral (select e.record_id from search_entries e where ${stretch("s.start")} limit ${crossedOf}) e)`;
  const text = `select o.object, x.record_id from unnest($1::text[]) o(object) cross join lateral (${side(2)} intersect ${side(3)} limit ${mostDeep}) x`;
  const { rows } = await ctx.db.executeQuery<{ object: string; record_id: string }>(CompiledQuery.raw(text, [objects, a, b])); // prettier-ignore
  const found = new Map<string, string[]>();
  for (const { object, record_id } of rows) found.set(object, [...(found.get(object) ?? []), record_id]);
  return found;
}
