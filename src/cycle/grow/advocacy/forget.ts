import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes the referrals of these people, on either side, with their codes; must come before their contacts go. */
export async function forgetReferralsOf(tx: Tx, contacts: readonly string[]): Promise<void> {
  const ids = [...contacts];
  const { rows } = await sql<{ id: string }>`
    delete from referrals where advocate_id = any(${ids}::uuid[]) or friend_id = any(${ids}::uuid[]) returning id`.execute(tx.db);
  await sql`delete from referral_codes where contact_id = any(${ids}::uuid[])`.execute(tx.db);
  await forgetHistoryOf(tx, rows.map((r) => r.id));
} // prettier-ignore

/** Puts the programme back to how a new company has it, unless somebody gave it words of their own since. */
export const forgetReferralProgram = async (tx: Tx, headline: string): Promise<void> =>
  void (await sql`
    update referral_program set active = default, headline = default, words = default, reward_points = default, friend_promotion_id = null, min_order = default, version = default
     where headline = ${headline}`.execute(tx.db)); // prettier-ignore
