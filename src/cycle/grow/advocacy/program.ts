import { sql } from "kysely";
import { invalid, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";

/** How the company thanks those who recommend it. */
export interface ReferralProgram {
  active: boolean;
  headline: string;
  words: string;
  reward_points: number;
  friend_promotion_id: string | null;
  /** Minor units of the company's currency. */
  min_order: number;
  window_days: number;
  advocate_limit: number;
  daily_flag: number;
  version: number;
}

/** The programme as it stands; one that is not active takes no friends. */
export async function referralProgram(ctx: Ctx): Promise<ReferralProgram> {
  const { rows } = await sql<ReferralProgram>`
    select active, headline, words, reward_points, friend_promotion_id, min_order, window_days, advocate_limit, daily_flag, version from referral_program`.execute(ctx.db);
  return rows[0]!;
} // prettier-ignore

/** Changes the programme for friends who sign up from now on. Refused when somebody changed it since that version. */
export const changeReferralProgram = (ctx: Ctx | Tx, { version, ...said }: ReferralProgram): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    if (said.friend_promotion_id) {
      const { rows } = await sql`select 1 from promotions where id = ${said.friend_promotion_id} and deleted_at is null`.execute(tx.db);
      if (rows.length === 0) throw invalid("friend_promotion_id", "There is no such promotion.");
    }
    const { rows } = await sql`
      update referral_program set active = ${said.active}, headline = ${said.headline}, words = ${said.words}, reward_points = ${said.reward_points},
             friend_promotion_id = ${said.friend_promotion_id}, min_order = ${said.min_order}, window_days = ${said.window_days}, advocate_limit = ${said.advocate_limit},
             daily_flag = ${said.daily_flag}, version = version + 1
       where version = ${version} returning 1`.execute(tx.db);
    if (rows.length === 0)
      throw new Refused("stale", "record.stale", "Somebody changed the programme since you opened it.", { detail: { current: await referralProgram(tx) } });
  }); // prettier-ignore
