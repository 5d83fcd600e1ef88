import { sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { record } from "#timeline";
import { changeSet, differences } from "../changes.ts";
import { describedFor } from "../custom/described.ts";
import type { Row } from "../registry.ts";
import { lockRecord, trashRecord, updateRecord } from "../write.ts";
import { pointersTo, settledOf } from "./carried.ts";
import { chosenValues, type Choices } from "./choices.ts";
import { moveCustom } from "./custom.ts";
import { imagesOf, keepImages } from "./images.ts";
import { journalOf, type Journal } from "./journal.ts";
import { mergeable } from "./mergeable.ts";
import { move } from "./moves.ts";

export interface MergeAsked {
  losers: readonly string[];
  /** For a field the record whose value is kept; the winner's, or the first there is, unless said. */
  choices?: Choices;
  /** The rule by which they were found to be one, when one did. */
  rule?: string | undefined;
}

export interface Merged {
  id: string;
  winner_id: string;
}

/** How many records may become one at once. */
export const mergedAtOnce = 20;

/**
 * Makes one record of several, in one transaction: every row that points to a loser points to the winner, what there may be only
 * one of is settled, the losers go to the trash and lead to the winner. Refused while any of them is in the trash or not the
 * person's to change.
 */
export const mergeRecords = (ctx: Ctx | Tx, object: string, winner: string, asked: MergeAsked): Promise<Merged> =>
  inTransaction(ctx, async (tx) => {
    const losers = [...new Set(asked.losers)];
    if (losers.includes(winner)) throw invalid("losers", "A record cannot be merged into itself.");
    if (losers.length === 0 || losers.length > mergedAtOnce)
      throw invalid("losers", `Choose one to ${mergedAtOnce} records to merge into this one.`);
    const { type, told } = mergeable(object);
    const rows = new Map<string, Row>();
    // In one order, whoever merges: two people who merge the same pair the other way round wait for each other.
    for (const id of [winner, ...losers].toSorted())
      rows.set(id, await lockRecord(tx, type, id, id === winner ? "update" : "delete"));
    const kept = rows.get(winner)!;
    const lost = losers.map((id) => rows.get(id)!);
    const title = (row: Row): string => String(row[type.object.title]);
    await changeSet(tx, `Merged ${lost.map(title).join(", ")} into ${title(kept)}`);
    const journal = journalOf(newId());
    await sql`
      insert into record_merges (id, object, winner_id, loser_ids, rule, by_id, by_name, at)
      values (${journal.id}, ${object}, ${winner}, ${losers}, ${asked.rule ?? null}, ${tx.actor.id}, ${tx.actor.name}, ${tx.clock()})`.execute(
      tx.db,
    );
    await carryOver(tx, object, journal, winner, losers);
    for (const row of lost) {
      await trashRecord(tx, type, row.id);
      await sql`
        insert into merged_records (loser_id, object, winner_id, merge_id, email)
        values (${row.id}, ${object}, ${winner}, ${journal.id}, ${typeof row.email === "string" ? row.email.toLowerCase() : null})`.execute(
        tx.db,
      );
    }
    const values = chosenValues(await describedFor(tx, type.object), kept, lost, asked.choices ?? {});
    const after = await updateRecord(tx, type, winner, undefined, values);
    const fields = differences(kept, after, Object.keys(values));
    await sql`update record_merges set fields = ${JSON.stringify(fields)} where id = ${journal.id}`.execute(tx.db);
    await record(tx, told("merged", after, { merge_id: journal.id, names: lost.map(title) }));
    for (const s of settledOf(object)) await s.again?.(tx, { winner, losers });
    return { id: journal.id, winner_id: winner };
  });

async function carryOver(
  tx: Tx,
  object: string,
  journal: Journal,
  winner: string,
  losers: readonly string[],
): Promise<void> {
  const ids = [winner, ...losers];
  for (const s of settledOf(object)) {
    if (!s.settle) continue;
    const before = await Promise.all(s.tables.map((t) => imagesOf(tx, t, ids)));
    await s.settle(tx, { winner, losers });
    for (const [i, t] of s.tables.entries())
      await keepImages(tx, journal, s.name, t, before[i]!, await imagesOf(tx, t, ids));
  }
  for (const loser of losers) for (const pointer of pointersTo(object)) await move(tx, journal, pointer, winner, loser);
  for (const loser of losers) await moveCustom(tx, journal, object, winner, loser);
}
