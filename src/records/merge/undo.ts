import { sql } from "kysely";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { record } from "#timeline";
import { aboveAccess } from "../access/scope.ts";
import { changeSet } from "../changes.ts";
import { describedFor } from "../custom/described.ts";
import { dropForeignFiles } from "../files/fields.ts";
import type { Row, Values } from "../registry.ts";
import { lockRecord, restoreRecord, updateRecord } from "../write.ts";
import { pointersTo, settledOf } from "./carried.ts";
import { putBack } from "./images.ts";
import { mergeable } from "./mergeable.ts";
import { moveBack } from "./moves.ts";

export interface Undone {
  winner_id: string;
  loser_ids: string[];
  /** What changed since the merge and stays with the winner, in words: tables with rows, fields. */
  kept: string[];
}

interface Merge {
  id: string;
  object: string;
  winner_id: string;
  loser_ids: string[];
  fields: Record<string, [unknown, unknown]>;
  state: string;
}

/** Takes a merge back: everything as it was, but what somebody changed since, which is named. Refused when the winner itself was merged since. */
export const undoMerge = (ctx: Ctx | Tx, object: string, winner_id: string, id: string): Promise<Undone> =>
  inTransaction(ctx, async (tx) => {
    const { rows } =
      await sql<Merge>`select * from record_merges where id = ${id} and object = ${object} and winner_id = ${winner_id} for update`.execute(
        tx.db,
      );
    const merge = rows[0];
    if (!merge) throw notFound("merge");
    if (merge.state === "undone") throw new Refused("conflict", "merge.undone", "This merge was undone already.");
    const { type, told, mayReturn } = mergeable(merge.object);
    const { loser_ids } = merge;
    await refuseWhenMergedSince(tx, winner_id);
    const winner = await lockRecord(tx, type, winner_id);
    const losers = await heldLosers(tx, type.object.table, loser_ids);
    const names = losers.map((l) => String(l[type.object.title]));
    await changeSet(tx, `Undid the merge of ${names.join(", ")} into ${String(winner[type.object.title])}`);
    const described = await describedFor(aboveAccess(tx), type.object);
    const needed = new Set(described.fields.filter((f) => f.required).map((f) => f.name));
    const { values, changed } = valuesBefore(winner, merge.fields, needed);
    const after = await updateRecord(tx, type, winner_id, undefined, values);
    const left = await moveBack(tx, id, winner_id, pointersTo(merge.object));
    // Its files are each record's own again: a field that names another's, or one that was thrown away meanwhile, would lead nowhere.
    const foreign = await dropForeignFiles(tx, type.object, [winner_id, ...loser_ids]);
    const keys = new Map(settledOf(merge.object).flatMap((s) => s.tables.map((t) => [t.table, t.key])));
    const groups = await putBack(tx, id, (table) => keys.get(table) ?? ["id"]);
    await sql`delete from merged_records where merge_id = ${id}`.execute(tx.db);
    for (const loser of losers) {
      await mayReturn?.(tx, loser);
      await restoreRecord(tx, type, loser.id);
    }
    await sql`update record_merges set state = 'undone', undone_at = ${tx.clock()} where id = ${id}`.execute(tx.db);
    await record(tx, told("unmerged", after, { merge_id: id, names }));
    for (const s of settledOf(merge.object)) await s.again?.(tx, { winner: winner_id, losers: loser_ids });
    return {
      winner_id,
      loser_ids,
      kept: [
        ...new Set([...changed, ...foreign]),
        ...groups,
        ...left.map((l) => `${l.count} ${l.table.replaceAll("_", " ")}`),
      ],
    };
  });

async function refuseWhenMergedSince(tx: Tx, winner: string): Promise<void> {
  const { rows } = await sql<{
    merge_id: string;
  }>`select merge_id from merged_records where loser_id = ${winner}`.execute(tx.db);
  if (rows[0])
    throw new Refused(
      "conflict",
      "merge.merged-since",
      "This record was merged into another one since; undo that merge first.",
      {
        detail: { merge_id: rows[0].merge_id },
      },
    );
}

async function heldLosers(tx: Tx, table: string, ids: readonly string[]): Promise<Row[]> {
  const { rows } =
    await sql<Row>`select * from ${sql.table(table)} where id = any(${ids}) order by id for update`.execute(tx.db);
  if (rows.length < ids.length)
    throw new Refused("conflict", "merge.gone", "A merged record was deleted for good since, so it cannot come back.");
  return rows;
}

// A field that still holds what the merge gave it gets its old value; one that was changed since keeps the new one, and so does one
// that was empty before and may not be any more.
function valuesBefore(
  winner: Row,
  fields: Merge["fields"],
  needed: ReadonlySet<string>,
): { values: Values; changed: string[] } {
  const values: Values = {};
  const changed: string[] = [];
  for (const [name, [before, after]] of Object.entries(fields)) {
    if (name === "custom") {
      const [was, is, now] = [before, after, winner.custom].map((c) => (c ?? {}) as Values);
      const custom: Values = {};
      for (const key of Object.keys(is!)) {
        if (JSON.stringify(was![key]) === JSON.stringify(is![key])) continue;
        const old = was![key] ?? null;
        const mayBe = old !== null || !needed.has(`custom.${key}`);
        if (mayBe && JSON.stringify(now![key]) === JSON.stringify(is![key])) custom[key] = old;
        else changed.push(`custom.${key}`);
      }
      if (Object.keys(custom).length > 0) values.custom = custom;
    } else if (JSON.stringify(winner[name] ?? null) === JSON.stringify(after)) values[name] = before;
    else changed.push(name);
  }
  return { values, changed };
}
