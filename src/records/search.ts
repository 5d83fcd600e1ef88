import { CompiledQuery } from "kysely";
import { fold } from "#kernel/condition";
import type { Ctx } from "#platform/context";
import { foldSql, likeText } from "./condition/index.ts";
import { quickTest } from "./quick-text.ts";
import { recordTypes } from "./registry.ts";

export interface Hit {
  object: string;
  id: string;
  title: string;
  subtitle: string | null;
}

/** Records of all given objects whose search columns contain the text, those that begin with it first; at most 8 of each object. */
export async function searchRecords(ctx: Ctx, text: string, objects: (name: string) => boolean): Promise<Hit[]> {
  const q = text.trim().slice(0, 100);
  if (q.length < 2) return [];
  const params: string[] = [`${likeText(fold(q))}%`];
  const known = new Map<string, string>();
  const param = (value: string): string => known.get(value) ?? known.set(value, `$${params.push(value)}`).get(value)!;
  const parts = recordTypes()
    .filter((t) => t.object.search.length > 0 && objects(t.object.plural))
    .map(({ object: o }) => {
      const second = o.search.find((c) => c !== o.title);
      const test = quickTest(
        o.search.map((c) => `"${c}"`),
        q,
        param,
      );
      return `(select '${o.name}' as object, id, "${o.title}" as title, ${second ? `"${second}"` : "null::text"} as subtitle, (${foldSql(`"${o.title}"`)} like $1) as begins
                 from "${o.table}" where deleted_at is null and ${test} limit 8)`;
    });
  if (parts.length === 0) return [];
  // Planned for its text: what serves three letters does not serve two.
  const sql = `/* for this text */ select object, id, title, subtitle from (${parts.join(" union all ")}) h order by begins desc, length(title), title limit 24`;
  const { rows } = await ctx.db.executeQuery<Hit>(CompiledQuery.raw(sql, params));
  return rows;
}
