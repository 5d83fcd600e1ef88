import { sql } from "kysely";
import { forgetSends } from "#attract/channels";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes campaigns for good, with their mails and history. */
export async function forgetCampaigns(tx: Tx, ids: readonly string[]): Promise<void> {
  await forgetSends(tx, "campaign", ids);
  await sql`delete from campaigns where id = any(${ids})`.execute(tx.db);
  await forgetHistoryOf(tx, ids);
}

/** Unties drafts and reports from these segments, which are about to be deleted for good. */
export const leaveSegments = async (tx: Tx, segments: readonly string[]): Promise<void> =>
  void (await sql`update campaigns set segment_id = null where segment_id = any(${segments})`.execute(tx.db));
