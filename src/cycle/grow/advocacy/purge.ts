import { tie } from "#records";

const sides = ["advocate_id", "friend_id"];
// Points were given for it: who brought whom stays as long as they do.
for (const column of sides)
  tie(
    { table: "referrals", column, of: "contact", end: "holds", by: "referral", when: "x.rewarded_fact is not null" },
    { table: "referrals", column, of: "contact", end: "goes", as: "referral" },
  );
