import { sql } from "kysely";
import type { Ctx } from "#platform/context";

export interface MergeTold {
  id: string;
  winner_id: string;
  loser_ids: string[];
  names: string[];
  state: "done" | "undone";
  by: string;
  at: Date;
}

/** The merges into a record, the latest first. */
export async function mergesOf(ctx: Ctx, id: string, table: string, title: string): Promise<MergeTold[]> {
  const { rows } = await sql<MergeTold>`
    select m.id, m.winner_id, m.loser_ids, m.state, m.by_name as by, m.at,
           array(select coalesce(t.${sql.ref(title)}, '') from unnest(m.loser_ids) l join ${sql.table(table)} t on t.id = l) as names
      from record_merges m where m.winner_id = ${id} order by m.at desc, m.id desc limit 50`.execute(ctx.db);
  return rows;
}
