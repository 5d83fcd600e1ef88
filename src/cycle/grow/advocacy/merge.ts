import { carry, hasSame } from "#records";

// Nobody recommends themselves, and somebody is recommended once: what stands in the way stays with the loser, as does a second code,
// whose link goes on to work: who comes by it is credited to the record the loser was merged into.
carry(
  {
    table: "referrals",
    column: "advocate_id",
    to: "contact",
    unless: (winner) => `t.friend_id = ${winner}`,
  },
  {
    table: "referrals",
    column: "friend_id",
    to: "contact",
    unless: (winner) =>
      `t.advocate_id = ${winner} or (${hasSame("referrals", "friend_id", [], (r) => `${r}.state <> 'rejected'`)(winner)})`,
  },
  { table: "referral_codes", column: "contact_id", to: "contact", unless: hasSame("referral_codes", "contact_id", []) },
);
