import { CompiledQuery } from "kysely";
import type { Ctx } from "#platform/context";
import { whereOf } from "../list.ts";
import type { SearchSource } from "./source.ts";
import { wordsTest, type Wanted } from "./text.ts";
import { titleSql, type Candidate, type Looked } from "./records.ts";

const shown = 60;

/** One parameter for each value, however often it is written. */
function paramsOf(): { params: unknown[]; param: (value: string) => string } {
  const params: unknown[] = [];
  const known = new Map<string, string>();
  const param = (value: string): string => known.get(value) ?? known.set(value, `$${params.push(value)}`).get(value)!;
  return { params, param };
}

async function ask(ctx: Ctx, parts: readonly string[], params: unknown[]): Promise<Candidate[]> {
  if (parts.length === 0) return [];
  return (await ctx.db.executeQuery<Candidate>(CompiledQuery.raw(parts.join(" union all "), params))).rows;
}

/** Records that hold the words, of three letters and more, anywhere inside a word: read off the trigram index of each object. */
export function insideWords({ ctx, text, types }: Looked, wanted: Wanted): Promise<Candidate[]> {
  const { params, param } = paramsOf();
  const parts = types.map(
    (o) =>
      `(select ${titleSql(o)} from "${o.table}" t where ${whereOf(ctx, o, {}, params)} and ${wordsTest(o, text, { wanted, inside: true }, param)} limit ${shown})`,
  );
  // Planned for its text: what serves a rare word reads every row for one that all have.
  if (parts.length > 0) parts[0] = `/* for this text */ ${parts[0]!}`;
  return ask(ctx, parts, params);
}

/** What has words and leads to a record: notes to their customer. */
export function inSources(ctx: Ctx, text: string, sources: readonly SearchSource[], wanted: Wanted, inside = false): Promise<Candidate[]> {
  const { params, param } = paramsOf();
  const parts = sources.map((s) => s.sql(ctx, wordsTest(s, text, { wanted, inside, alias: "n" }, param), params));
  return ask(ctx, parts, params);
} // prettier-ignore
