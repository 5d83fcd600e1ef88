export { referral, referralType, type State } from "./referral.ts";
export { referralProgram, changeReferralProgram, type ReferralProgram } from "./program.ts";
export { advocacyConsumer, nextDueAt, settleDue } from "./consumer.ts";
export { joinFriend } from "./join.ts";
export { makeAdvocate } from "./advocate.ts";
export { forgetReferralProgram, forgetReferralsOf } from "./forget.ts";
export type { AdvocateTold, ReferralTally, ReferralTold } from "./queries.ts";
export type { ReferralsApi } from "./api.ts";
