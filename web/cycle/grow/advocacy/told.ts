import type { AdvocateTold, ReferralProgram, ReferralTold, ReferralsApi, State } from "#grow/advocacy";
import { client } from "../../../kit/client.ts";
import type { Sent } from "../../../customers/told.ts";
import type { Pointed, Rec } from "../../../records/record.ts";

export type { ReferralProgram, State };
export type Told = Sent<ReferralTold>;
export type Around = Omit<AdvocateTold, "made" | "by"> & { made: readonly Told[]; by: Told | null };

/** A referral as the generic endpoints answer it. */
export interface Referral extends Rec {
  friend: string;
  friend_id: string;
  advocate_id: string;
  advocate?: Pointed | null;
  state: State;
  reason: string | null;
  review: "none" | "waiting" | "cleared" | "refused";
  flags: string | null;
}

/** The endpoints of referrals. */
export const referrals = () => client<ReferralsApi>("referrals");
