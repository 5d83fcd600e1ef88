import { sql } from "kysely";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { Referral } from "./referral.ts";
import { reject } from "./states.ts";

// Refused so often within a year, an advocate's code brings nobody any more until a person lets it again.
const refusedTooOften = 3;

const held = async (tx: Tx, id: string): Promise<Referral> => {
  const { rows } = await sql<Referral>`select * from referrals where id = ${id} and deleted_at is null for update`.execute(tx.db); // prettier-ignore
  if (!rows[0]) throw notFound("referral");
  return rows[0];
};

/** Somebody looked at what speaks against a referral, and lets it count; or wants it looked at again. */
export const clearReferral = (ctx: Ctx | Tx, id: string, cleared: boolean): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const referral = await held(tx, id);
    if (referral.review !== (cleared ? "waiting" : "cleared")) throw new Refused("conflict", "referral.not-waiting", "This referral does not wait for a look."); // prettier-ignore
    if (!cleared && referral.state === "rewarded") throw new Refused("conflict", "referral.rewarded", "The reward has been given already."); // prettier-ignore
    await sql`
      update referrals set review = ${cleared ? "cleared" : "waiting"}, reviewed_by = ${cleared ? tx.actor.name : null}, version = version + 1, updated_at = ${tx.clock()} where id = ${id}`.execute(tx.db);
  }); // prettier-ignore

/** Somebody looked at it and refuses it, with a reason. After three within a year the advocate's code is suspended. */
export const refuseReferral = (ctx: Ctx | Tx, id: string, reason: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const referral = await held(tx, id);
    if (["rewarded", "rejected", "clawed_back"].includes(referral.state)) throw new Refused("conflict", "referral.closed", "This referral is settled already."); // prettier-ignore
    await reject(tx, referral, reason, null, { review: "refused", reviewed_by: tx.actor.name });
    await sql`
      update referral_codes set suspended_at = coalesce(suspended_at, ${tx.clock()}) where contact_id = ${referral.advocate_id}
         and (select count(*) from referrals where advocate_id = ${referral.advocate_id} and review = 'refused' and closed_at > ${tx.clock()}::timestamptz - interval '365 days') >= ${refusedTooOften}`.execute(tx.db);
  }); // prettier-ignore

/** Takes a refusal by hand back: the referral stands where it stood. */
export const readmitReferral = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const referral = await held(tx, id);
    if (referral.state !== "rejected" || referral.review !== "refused") throw new Refused("conflict", "referral.not-refused", "Nobody refused this referral."); // prettier-ignore
    const { rows } = await sql`select 1 from referrals where friend_id = ${referral.friend_id} and state <> 'rejected'`.execute(tx.db); // prettier-ignore
    if (rows.length > 0) throw new Refused("conflict", "referral.referred", "This friend came through somebody else meanwhile."); // prettier-ignore
    const state = !referral.order_id ? "signed_up" : referral.hold_until ? "holding" : "qualified";
    await sql`
      update referrals set state = ${state}, reason = null, closed_at = null, review = 'waiting', reviewed_by = null, version = version + 1, updated_at = ${tx.clock()} where id = ${id}`.execute(tx.db);
  }); // prettier-ignore

/** Notes that the advocate was thanked, or was not after all. */
export async function thankAdvocate(ctx: Ctx, id: string, thanked: boolean): Promise<void> {
  const { rows } = await sql`
    update referrals set thanked_at = ${thanked ? ctx.clock() : null}, version = version + 1 where id = ${id} returning 1`.execute(ctx.db);
  if (rows.length === 0) throw notFound("referral");
} // prettier-ignore
