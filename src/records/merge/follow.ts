import { sql } from "kysely";
import type { Tx } from "#platform/context";
import type { ConsumedFact, Consumer } from "#timeline";
import { pointersTo } from "./carried.ts";
import { journalOf } from "./journal.ts";
import { mergeables } from "./mergeable.ts";
import { move } from "./moves.ts";

/** Takes along what was written for a record while it was being merged: an order that an import had half saved, a click on an old link. */
export const followConsumer: Consumer = { name: "merges", facts: anyOnceMerged, batch: 2000, apply: follow };

/** Every kind once something was merged; before, nothing can be left behind. */
async function anyOnceMerged(tx: Tx): Promise<[] | undefined> {
  const { rows } = await sql`select from merged_records limit 1`.execute(tx.db);
  return rows.length > 0 ? undefined : [];
}

async function follow(tx: Tx, facts: readonly ConsumedFact[]): Promise<void> {
  const ids = [...new Set(facts.flatMap((f) => [f.contact_id, f.account_id]).filter((id) => id !== null))];
  const { rows } = await sql<{ merge_id: string; object: string; loser_id: string; winner_id: string; last: number }>`
    select m.merge_id, m.object, m.loser_id, m.winner_id, coalesce((select max(seq) from merge_moves v where v.merge_id = m.merge_id), 0) as last
      from merged_records m where m.loser_id = any(${ids}) order by m.loser_id`.execute(tx.db);
  for (const m of rows) {
    if (!mergeables().includes(m.object)) continue;
    // Beyond all numbers a merge gives out, so that the images' are not met.
    const journal = journalOf(m.merge_id, m.last + 1_000);
    for (const pointer of pointersTo(m.object)) await move(tx, journal, pointer, m.winner_id, m.loser_id);
  }
}
