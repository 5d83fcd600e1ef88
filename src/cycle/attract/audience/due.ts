import { sql } from "kysely";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { ask, type Asked } from "./asked.ts";
import { hold } from "./hold.ts";
import { keptSegments } from "./kept.ts";
import { settle } from "./settle.ts";

/** When time alone next moves somebody; null when nobody waits for it. */
export async function nextFlipAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select min(due_at) as at from segment_flips`.execute(ctx.db);
  return rows[0]!.at;
}

/** Judges those whose time has come, at most `limit`; answers how many. */
export const runDueFlips = (ctx: Ctx | Tx, limit = 500): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    await hold(tx);
    const { rows } = await sql<{ segment_id: string; contact_id: string }>`
      select segment_id, contact_id from segment_flips where due_at <= ${tx.clock()} order by due_at limit ${limit}`.execute(
      tx.db,
    );
    if (rows.length === 0) return 0;
    const asked: Asked = new Map();
    for (const { segment_id, contact_id } of rows) ask(asked, segment_id, contact_id, null);
    await settle(tx, await keptSegments(tx), asked, "time");
    return rows.length;
  });
