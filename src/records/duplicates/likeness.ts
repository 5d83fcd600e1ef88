import { CompiledQuery } from "kysely";
import type { Ctx } from "#platform/context";
import { whereOf } from "../list.ts";
import type { Row } from "../registry.ts";
import { alikeOf } from "./rule.ts";
import { judgeOf } from "./rules.ts";

/** A record that may be the one somebody is about to add. One they may not see says only whom to ask. */
export type Likeness =
  | { id: string; title: string; subtitle: string | null; rule: string; score: number }
  | { hidden: true; owner: string | null; rule: string; score: number };

// More than a form can show; a switchboard's number is shared by hundreds.
const compared = 100;
const shown = 5;

/**
 * Records that may be the one with these values, the likeliest first. Looks above permissions, so that nobody adds what a colleague
 * has already, and answers of a record the person may not see only that it exists and whose it is.
 */
export async function likenessOf(
  ctx: Ctx,
  object: string,
  values: Record<string, unknown>,
  except?: string,
): Promise<Likeness[]> {
  const alike = alikeOf(object);
  if (!alike) return [];
  const typed = alike.prepared(values, ctx.workspace) as Row;
  const params: unknown[] = [JSON.stringify(typed), except ?? null];
  const visible = whereOf(ctx, alike.object, {}, params);
  const columns = alike.columns.map((c) => `t."${c}"`).join(", ");
  const text = `
    select t.id, ${columns}, (${visible}) as visible, (select u.name from rondo.users u where u.id = t.owner_id) as owner
      from "${alike.object.table}" t
     where t.deleted_at is null and t.id is distinct from $2::uuid
       and ${alike.keys("t")} && (select ${alike.keys("v")} from jsonb_populate_record(null::"${alike.object.table}", $1::jsonb) v)
     limit ${compared}`;
  const { rows } = await ctx.db.executeQuery<Row & { visible: boolean; owner: string | null }>(
    CompiledQuery.raw(text, params),
  );
  const judge = await judgeOf(ctx, alike);
  const second = alike.object.search.find((c) => c !== alike.object.title);
  return rows
    .flatMap((row): Likeness[] => {
      const match = judge(typed, row);
      if (!match) return [];
      if (!row.visible) return [{ hidden: true, owner: row.owner, ...match }];
      return [
        {
          id: row.id,
          title: String(row[alike.object.title]),
          subtitle: second ? ((row[second] as string | null) ?? null) : null,
          ...match,
        },
      ];
    })
    .sort((x, y) => y.score - x.score)
    .slice(0, shown);
}
