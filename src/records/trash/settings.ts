import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { noteChanges } from "../changes.ts";
import { countDue, purgedObjects } from "./purge.ts";

/** For how many days a trash may keep things, at most. */
export const keepAtMost = 3650;
export interface TrashSettings {
  /** Days that what was moved to the trash stays there. */
  keep_days: number;
  version: number;
}
const dayMs = 86_400_000;
// History is kept by record; these settings are the one record of their kind.
const recordId = "00000000-0000-7000-8000-000000000002";

/** How long the trash keeps things. */
export async function trashSettings(ctx: Ctx | Tx): Promise<TrashSettings> {
  const { rows } = await sql<TrashSettings>`select keep_days, version from trash_settings`.execute(ctx.db);
  return rows[0]!;
}

/** What was moved to the trash until then has had its time. */
export const dueUntil = (ctx: Ctx, keepDays: number): Date => new Date(ctx.clock().getTime() - keepDays * dayMs);

/** How many records the next emptying would purge, if the trash kept things for so many days. */
export async function wouldGo(ctx: Ctx, keepDays: number): Promise<number> {
  let n = 0;
  for (const object of await purgedObjects(ctx)) n += await countDue(ctx, object, dueUntil(ctx, keepDays));
  return n;
}

/** Lets the trash keep things for so many days from now on, also what is in it already. */
export const changeTrash = (ctx: Ctx, version: number, keepDays: number): Promise<TrashSettings> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<TrashSettings>`select keep_days, version from trash_settings for update`.execute(tx.db);
    const before = rows[0]!;
    if (version !== before.version)
      throw new Refused("stale", "trash.stale", "Somebody changed this since you opened it.", { detail: { current: before } }); // prettier-ignore
    if (before.keep_days === keepDays) return before;
    await sql`update trash_settings set keep_days = ${keepDays}, version = version + 1`.execute(tx.db);
    const fields = { keep_days: [before.keep_days, keepDays] as [unknown, unknown] };
    await noteChanges(tx, [{ object: "trash", record_id: recordId, action: "updated", fields }]);
    return trashSettings(tx);
  });
