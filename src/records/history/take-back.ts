import { sql } from "kysely";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { changeByHand, restoreByHand, takingBackOf, trashByHand } from "../by-hand.ts";
import { changeSet, type ChangeEntry } from "../changes.ts";
import { describedFor, typeNamed } from "../custom/described.ts";
import type { RecordType, Row } from "../registry.ts";
import { takeBackTags } from "../tags/tagging.ts";
import { lockRecord } from "../write.ts";
import { oldValues, type Conflict } from "./old-values.ts";

/*
 * Words we use
 *   take back   a new change set that puts back what another one changed; what somebody changed since stays, and is told
 */
export interface Noted extends ChangeEntry {
  set_id: string;
  job_id: string | null;
}

export interface TakenBack {
  /** Whether anything was put back. */
  changed: boolean;
  conflicts: Conflict[];
}

/** Takes one change of one record back, in the caller's change set; fields that somebody changed since stay as they are. */
export async function takeBackChange(tx: Tx, noted: Noted, only?: readonly string[]): Promise<TakenBack> {
  const type = await typeNamed(tx, noted.object);
  if (!type) throw ofItsOwn();
  switch (noted.action) {
    case "created":
      return takeBackCreation(tx, type, noted);
    case "trashed":
      await restoreByHand(tx, type, noted.record_id);
      return { changed: true, conflicts: [] };
    case "restored":
      await trashByHand(tx, type, noted.record_id);
      return { changed: true, conflicts: [] };
    case "updated": {
      const now = await lockRecord(tx, type, noted.record_id);
      const { tags, ...fields } = noted.fields ?? {};
      const { values, conflicts, own } = oldValues(await describedFor(tx, type.object), fields, now, only);
      const taggedBack = tags && (!only || only.includes("tags")) ? await takeBackTags(tx, noted, tags) : false;
      const saves = Object.keys(values).length > 0;
      if (saves) await changeByHand(tx, type, noted.record_id, undefined, values);
      // Whoever names the fields means those alone.
      const actsBack = only ? false : ((await takingBackOf(noted.object)?.(tx, noted)) ?? false);
      const changed = saves || taggedBack || actsBack;
      if (!changed && conflicts.length === 0 && own.length > 0) throw ofItsOwn();
      return { changed, conflicts };
    }
  }
}

const ofItsOwn = (): Refused =>
  new Refused("conflict", "change.of-its-own", "This was done by an act of its own; take that back where it was done.");

/** A record that was made goes to the trash, unless somebody changed it since. */
async function takeBackCreation(tx: Tx, type: RecordType, noted: Noted): Promise<TakenBack> {
  const { rows: later } = await sql<{ name: string }>`
    select s.actor_name as name from changes c join change_sets s on s.id = c.set_id
     where c.record_id = ${noted.record_id} and c.object = ${noted.object} and c.set_id > ${noted.set_id} and c.action = 'updated'
       and (s.job_id is null or s.job_id is distinct from ${noted.job_id}) and s.undoes is null
     order by c.set_id desc limit 1`.execute(tx.db);
  if (later[0]) throw new Refused("conflict", "record.changed-since", `${later[0].name} changed it since; it stays.`);
  const { rows } = await sql<Row>`
    select id from ${sql.table(type.object.table)} where id = ${noted.record_id} and deleted_at is null`.execute(tx.db);
  if (!rows[0]) return { changed: false, conflicts: [] };
  await trashByHand(tx, type, noted.record_id);
  return { changed: true, conflicts: [] };
}

/** What a change set changed, at most so many records; refused when there is no such set. */
export async function changesOf(ctx: Ctx, setId: string, limit: number, recordId?: string): Promise<Noted[]> {
  const { rows } = await sql<Noted>`
    select c.set_id, s.job_id, c.object, c.record_id, c.action, c.fields from changes c join change_sets s on s.id = c.set_id
     where c.set_id = ${setId} ${recordId ? sql`and c.record_id = ${recordId}` : sql``} order by c.record_id desc limit ${limit}`.execute(
    ctx.db,
  );
  if (rows.length === 0) throw notFound("change set");
  return rows;
}

/**
 * Takes a small change set back in one transaction, or one record of it. Refused, naming the values, when somebody changed a field
 * since; with `others`, what nobody changed is taken back all the same. A merge or another act that keeps a plan of its own calls this
 * for the fields it changed.
 */
export const undoChangeSet = (
  ctx: Ctx | Tx,
  setId: string,
  how: { record_id?: string | undefined; fields?: readonly string[] | undefined; others?: boolean | undefined } = {},
): Promise<{ set_id: string; changed: number; conflicts: (Conflict & { object: string; record_id: string })[] }> =>
  inTransaction(ctx, async (tx) => {
    const noted = await changesOf(tx, setId, undoneAtOnce + 1, how.record_id);
    if (noted.length > undoneAtOnce)
      throw new Refused("conflict", "change-set.large", "So many records are taken back by a job.");
    const set_id = await changeSet(tx, undefined, setId);
    const conflicts: (Conflict & { object: string; record_id: string })[] = [];
    let changed = 0;
    for (const one of noted) {
      const back = await takeBackChange(tx, one, how.fields);
      if (back.changed) changed++;
      conflicts.push(...back.conflicts.map((c) => ({ ...c, object: one.object, record_id: one.record_id })));
    }
    if (conflicts.length > 0 && !how.others)
      throw new Refused("conflict", "change.changed-since", "Somebody changed this since.", {
        detail: { conflicts: conflicts.slice(0, 100) },
      });
    if (changed === 0)
      throw new Refused("conflict", "change.undone", "There is nothing left to take back: it is as it was.");
    return { set_id, changed, conflicts };
  });

/** Records whose changes are taken back in one transaction; more need a job. */
export const undoneAtOnce = 500;
