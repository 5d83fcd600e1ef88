import { CompiledQuery, sql } from "kysely";
import type { Ctx } from "#platform/context";
import { whereOf } from "../list.ts";
import type { ObjectDescription } from "../object.ts";
import { armsOf, crossing, lookUp, mostOf, type Arms } from "./entries.ts";
import { holdsWords, phoneDigits, type Wanted } from "./text.ts";

/** A record that may be shown. */
export interface Candidate {
  object: string;
  id: string;
  title: string;
  subtitle: string | null;
  at: Date;
  like?: boolean;
}

export interface Looked {
  ctx: Ctx;
  text: string;
  types: readonly ObjectDescription[];
  /** What the person touched lately, by object. */
  visits: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** A record as a candidate. */
export const titleSql = ({ name, title, search }: ObjectDescription): string => {
  const second = search.find((c) => c !== title && !c.endsWith("_e164"));
  return `'${name}' as object, t.id, t."${title}" as title, ${second ? `t."${second}"` : "null::text"} as subtitle, t.updated_at as at`;
};

/** As many of one object are shown. */
export const ofEach = 8;
// More ways of meaning some words than this are not tried as one line.
const linesAtMost = 12;

/** The lines that an entry may begin with to hold all words at once, in the order they were typed. */
function linesOf(wanted: Wanted, text: string): string[] {
  let lines = [""];
  for (const words of wanted) {
    if (lines.length * words.length > linesAtMost) return [];
    lines = lines.flatMap((line) => words.map((w) => (line ? `${line} ${w}` : w)));
  }
  const digits = phoneDigits(text);
  return [...new Set([...lines.map((l) => l.slice(0, 60)), ...(digits ? [digits] : [])])];
}

interface Ids {
  /** Their entries say that they hold the words. */
  sure: Set<string>;
  /** They hold one of the words. */
  maybe: Set<string>;
}

/** Records within reach that hold all words, each at a beginning. */
export async function beginningWith(looked: Looked, wanted: Wanted): Promise<Candidate[]> {
  const { ctx, text, types, visits } = looked;
  const arms = armsOf(ctx, types);
  const lines = linesOf(wanted, text);
  const single = wanted.length === 1;
  // One letter says nothing of which records to look at.
  const each = single ? [] : wanted.map((words) => words.filter((w) => w.length > 1));
  const [found, shared] = await Promise.all([lookUp(ctx, arms, [...lines, ...each.flat()]), sharedWith(ctx, arms)]);
  const chosen = new Map<string, Ids>();
  const crossed: string[] = [];
  for (const o of types) {
    const lists = found.get(o.name) ?? [];
    const sure = new Set(lists.slice(0, lines.length).flat());
    const maybe = new Set(shared.get(o.name));
    const full = mostOf(arms, o.name);
    const many = lists.some((l) => l.length >= full);
    // Of more than are looked at what the person knows must not be left to chance.
    if (many) for (const id of visits.get(o.name)?.keys() ?? []) maybe.add(id);
    if (!single && sure.size < ofEach) {
      const rarest = rarestOf(lists.slice(lines.length), each, full);
      for (const id of rarest.ids) maybe.add(id);
      if (!rarest.all && !arms.mine.includes(o.name)) crossed.push(o.name);
    }
    chosen.set(o.name, { sure, maybe });
  }
  const seen = await readOut(looked, chosen, wanted);
  const held = new Map<string, number>();
  for (const { object } of seen) held.set(object, (held.get(object) ?? 0) + 1);
  const lacking = crossed.filter((name) => (held.get(name) ?? 0) < ofEach);
  const two = each.filter((words) => words.length > 0).sort((x, y) => y[0]!.length - x[0]!.length);
  if (lacking.length === 0 || two.length < 2) return seen;
  const more = new Map<string, Ids>();
  for (const [object, ids] of await crossing(ctx, lacking, two[0]!, two[1]!))
    more.set(object, { sure: new Set(), maybe: new Set(ids.filter((id) => !chosen.get(object)!.maybe.has(id))) });
  return [...seen, ...(await readOut(looked, more, wanted))];
}

/** The records of the word that the fewest have; `all` when those are all that may hold every word. */
function rarestOf(lists: readonly string[][], each: readonly string[][], full: number): { ids: string[]; all: boolean } {
  let at = 0;
  const words = each.flatMap((alternatives) => {
    const of = alternatives.map(() => lists[at++] ?? []);
    return of.length === 0 ? [] : [{ ids: of.flat(), all: of.every((l) => l.length < full) }];
  });
  const rare = words.filter((w) => w.all).sort((x, y) => x.ids.length - y.ids.length)[0];
  return rare ?? { ids: words.flatMap((w) => w.ids), all: words.length === 0 };
} // prettier-ignore

/** What was shared by hand with whoever does not see all: of others, so that asking for their own does not meet it. */
async function sharedWith(ctx: Ctx, arms: Arms): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (ctx.access === "above" || ctx.access.person === null || arms.mine.length + arms.deep.length === 0) return found;
  const { rows } = await sql<{ object: string; ids: string[] }>`
    select s.object, array_agg(s.record_id) as ids from (
      select object, record_id from record_shares where user_id = ${ctx.access.person} or team_id = any(${ctx.access.teams}::uuid[]) order by shared_at desc limit 500) s
     group by s.object`.execute(ctx.db);
  for (const { object, ids } of rows) found.set(object, ids);
  return found;
}

/** The candidates that the person may see and that do hold the words. */
async function readOut({ ctx, text, types }: Looked, chosen: Map<string, Ids>, wanted: Wanted): Promise<Candidate[]> {
  const params: unknown[] = [];
  const parts: string[] = [];
  for (const o of types) {
    const { sure, maybe } = chosen.get(o.name) ?? { sure: [], maybe: [] };
    const all = [...new Set([...sure, ...maybe])];
    if (all.length === 0) continue;
    const ids = `$${params.push(all)}::uuid[]`;
    const line = `concat_ws(' ', ${o.search.map((c) => `t."${c}"`).join(", ")})`;
    parts.push(`(select ${titleSql(o)}, ${line} as line from "${o.table}" t where t.id = any(${ids}) and ${whereOf(ctx, o, {}, params)})`); // prettier-ignore
  }
  if (parts.length === 0) return [];
  const { rows } = await ctx.db.executeQuery<Candidate & { line: string }>(CompiledQuery.raw(parts.join(" union all "), params)); // prettier-ignore
  // A role that sees only some of the columns searched finds by those alone.
  const narrowed = new Set(types.filter((o) => o.searched && o.searched.length > o.search.length).map((o) => o.name));
  return rows.filter((r) => (chosen.get(r.object)!.sure.has(r.id) && !narrowed.has(r.object)) || holdsWords(r.line, wanted, text)); // prettier-ignore
}
