import { Refused } from "#kernel/refusal";

/** Why a code does nothing, by a code for programs and in words for people. */
export const refusals = {
  "code.unknown": "We do not know this code. Please look at it once more.",
  "code.ended": "This code can no longer be used.",
  "code.used": "This code has been used already.",
  "code.other-customer": "This code belongs to another customer.",
  "promotion.inactive": "This promotion is not running.",
  "promotion.not-yet": "This promotion has not begun yet.",
  "promotion.over": "This promotion is over.",
  "promotion.used-up": "This promotion has been used up.",
  "promotion.customer-limit": "This customer has used the promotion as often as it goes.",
  "promotion.customer-unknown": "This promotion counts per customer: say whose order it is first.",
  "promotion.day-limit": "This promotion has been used up for today.",
  "promotion.budget": "The budget of this promotion does not reach for this order.",
  "promotion.min-order": "The order is too small for this promotion.",
  "promotion.no-goods": "Nothing in the order is part of this promotion.",
  "promotion.currency": "This promotion is in another currency than the order.",
  "promotion.another": "The order has a promotion already; take that off first.",
} as const;
export type RefusalCode = keyof typeof refusals;

/** A refusal that stands at the field of the code. */
export const refuse = (code: RefusalCode, more = ""): Refused => {
  const message = more ? `${refusals[code].slice(0, -1)}: ${more}` : refusals[code];
  return new Refused(code === "code.unknown" ? "invalid" : "conflict", code, message, { fields: [{ field: "code", message }] }); // prettier-ignore
};
