import { CompiledQuery, sql } from "kysely";
import { notFound } from "#kernel/refusal";
import type { Ctx, Tx } from "#platform/context";
import { withinReach } from "../access/index.ts";
import { whereOf } from "../list.ts";
import { alikes, alikeOf, type Alike } from "./rule.ts";
import { rulesOf } from "./rules.ts";

export interface Pair {
  a: string;
  b: string;
  rule: string;
  /** The rule in words. */
  why: string;
  score: number;
  /** Which of the two stays unless somebody chooses. */
  winner: string;
  titles: [string, string];
}

const known = (object: string): Alike => {
  const alike = alikeOf(object);
  if (!alike) throw notFound("object");
  return alike;
};

/** Whether both records of the pair p are there and within reach, as SQL. */
function bothSeen(ctx: Ctx, { object }: Alike, params: unknown[]): string {
  const seen = (side: string): string =>
    `exists (select from "${object.table}" t where t.id = p.${side} and ${whereOf(ctx, object, {}, params)})`;
  return `${seen("a")} and ${seen("b")}`;
}

/** Pairs that wait for a decision, the surest first; only those of which the person sees both. */
export async function openPairs(
  ctx: Ctx,
  object: string,
  limit: number,
  after?: { score: number; a: string; b: string },
): Promise<Pair[]> {
  const alike = known(object);
  const { table, title } = alike.object;
  const params: unknown[] = [object];
  const both = bothSeen(ctx, alike, params);
  let from = "";
  if (after)
    from = `and (-p.score, p.a, p.b) > ($${params.push(-after.score)}::real, $${params.push(after.a)}::uuid, $${params.push(after.b)}::uuid)`;
  const { rows } = await ctx.db.executeQuery<
    Omit<Pair, "why" | "winner" | "titles"> & {
      one: Record<string, unknown> & { id: string; version: number };
      other: Record<string, unknown> & { id: string; version: number };
    }
  >(
    CompiledQuery.raw(
      `select p.a, p.b, p.rule, p.score, (select to_json(x) from "${table}" x where x.id = p.a) as one, (select to_json(x) from "${table}" x where x.id = p.b) as other
         from duplicate_pairs p where p.object = $1 and p.state = 'open' and ${both} ${from} order by p.score desc, p.a, p.b limit ${Math.min(limit, 200)}`,
      params,
    ),
  );
  const labels = new Map(alike.rules.map((r) => [r.name, r.label]));
  return rows.map(({ one, other, ...p }) => ({
    ...p,
    why: labels.get(p.rule) ?? p.rule,
    winner: alike.better(one, other),
    titles: [String(one[title]), String(other[title])],
  }));
}

export interface Counted {
  object: string;
  rule: string;
  count: number;
}

/** How many pairs wait of which the person sees both, by object and rule; above 10,000 of a rule it is not counted to the end. */
export async function pairCounts(ctx: Ctx, may: (plural: string) => boolean): Promise<Counted[]> {
  const objects = alikes().filter((a) => may(a.object.plural));
  const counted: Counted[] = [];
  for (const { rule, object } of await rulesOf(ctx)) {
    const alike = objects.find((a) => a.object.name === object);
    if (!alike) continue;
    const params: unknown[] = [object, rule];
    const text = `
      select count(*)::int as count from (
        select from duplicate_pairs p where p.object = $1 and p.rule = $2 and p.state = 'open' and ${bothSeen(ctx, alike, params)} limit 10001) s`;
    const { rows } = await ctx.db.executeQuery<{ count: number }>(CompiledQuery.raw(text, params));
    counted.push({ object, rule, count: rows[0]!.count });
  }
  return counted;
}

/** Says that two records are not one, or that it is open again; a pair of which one record is out of reach is not there. */
export async function decidePair(
  tx: Ctx | Tx,
  object: string,
  pair: { a: string; b: string },
  state: "open" | "dismissed",
): Promise<void> {
  const [a, b] = [pair.a, pair.b].toSorted() as [string, string];
  if ((await withinReach(tx, known(object).object, [a, b])).size < 2) throw notFound("pair");
  const { rows } = await sql`
    update duplicate_pairs set state = ${state}, decided_by = ${state === "open" ? null : tx.actor.name}, decided_at = ${state === "open" ? null : tx.clock()}
     where object = ${object} and a = ${a} and b = ${b} returning a`.execute(tx.db);
  if (rows.length === 0) throw notFound("pair");
}
