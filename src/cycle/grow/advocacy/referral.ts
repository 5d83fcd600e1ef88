import { describeObject, registerRecordType } from "#records";

/*
 * Words we use
 *   advocate   a customer who recommends us
 *   friend     whom they recommend us to
 *   referral   one friend of one advocate: signed up, qualified (first order paid), holding (goods may still come back), approved, rewarded;
 *              or rejected before, clawed back after the reward
 *   click      a person opened the advocate's page by its button; what machines read is no click
 */
export const states = ["signed_up", "qualified", "holding", "approved", "rewarded", "rejected", "clawed_back"] as const;
export type State = (typeof states)[number];

export const referral = describeObject({
  name: "referral",
  plural: "referrals",
  label: "Referral",
  label_plural: "Referrals",
  table: "referrals",
  title: "friend_name",
  fields: [
    { name: "friend_name", label: "Friend", type: "text", computed: true, required: true, sortable: true, shown: true },
    { name: "friend_id", label: "Friend's record", type: "relation", to: "contact", computed: true },
    { name: "advocate_id", label: "Recommended by", type: "relation", to: "contact", computed: true, shown: true },
    {
      name: "state",
      label: "State",
      type: "choice",
      computed: true,
      required: true,
      shown: true,
      choices: [
        { value: "signed_up", label: "Signed up", tone: "blue" },
        { value: "qualified", label: "Paid, on its way", tone: "amber" },
        { value: "holding", label: "In the return window", tone: "amber" },
        { value: "approved", label: "Approved", tone: "teal" },
        { value: "rewarded", label: "Rewarded", tone: "green" },
        { value: "rejected", label: "Not counted", tone: "gray" },
        { value: "clawed_back", label: "Taken back", tone: "red" },
      ],
    },
    { name: "reason", label: "Why", type: "text", max: 500, computed: true, shown: true },
    {
      name: "review",
      label: "Review",
      type: "choice",
      computed: true,
      required: true,
      choices: [
        { value: "none", label: "Not needed", tone: "neutral" },
        { value: "waiting", label: "Waits for a look", tone: "red" },
        { value: "cleared", label: "Looked at", tone: "green" },
        { value: "refused", label: "Refused", tone: "gray" },
      ],
    },
    { name: "flags", label: "What speaks for a look", type: "long_text", computed: true },
    { name: "joined_at", label: "Signed up", type: "datetime", computed: true, required: true, sortable: true, shown: true },
    { name: "expires_at", label: "First order until", type: "datetime", computed: true },
    { name: "order_id", label: "First order", type: "relation", to: "order", computed: true },
    { name: "qualified_at", label: "Paid", type: "datetime", computed: true },
    { name: "hold_until", label: "Return window ends", type: "datetime", computed: true },
    { name: "rewarded_at", label: "Rewarded on", type: "datetime", computed: true },
    { name: "points", label: "Points", type: "integer", computed: true, required: true, shown: true },
    { name: "reviewed_by", label: "Looked at by", type: "text", computed: true },
  ],
  related: [],
  search: ["friend_name"],
  belongs_to: ["advocate_id", "friend_id"],
  default_sort: "-joined_at",
  edited: false,
  trash: false,
  creatable: false,
  custom: false,
}); // prettier-ignore

/** Referrals follow from what friends do; nobody writes one. */
export const referralType = registerRecordType({ object: referral, tell: () => null });

/** A referral as its table holds it. */
export interface Referral {
  id: string;
  advocate_id: string;
  friend_id: string;
  friend_name: string;
  state: State;
  reason: string | null;
  flags: string | null;
  review: "none" | "waiting" | "cleared" | "refused";
  expires_at: Date;
  order_id: string | null;
  hold_until: Date | null;
  points: number;
  min_order: number;
  consent_wording: string | null;
  confirmed_at: Date | null;
  made_fact: string | null;
  qualified_fact: string | null;
  rewarded_fact: string | null;
}
