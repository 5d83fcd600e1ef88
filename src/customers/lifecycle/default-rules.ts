import type { Condition, FactLeaf } from "#kernel/condition";
import type { Stage } from "../stage.ts";
import type { Rule } from "./rule.ts";

const did = (fact: string, n = 1): FactLeaf => ({ fact, times: { op: "at_least", n } });
const never = (fact: string): Condition => ({ fact, times: { op: "exactly", n: 0 } });
const since = (fact: string): FactLeaf => ({ fact, within: { since_field: "stage_since" } });
const quiet = (factor: number, at_least_days: number): Condition => ({
  quiet: "order.placed",
  factor,
  usual_gap_days: 90,
  at_least_days,
});

const subscribed: Condition = { all: [did("newsletter.subscribed"), never("newsletter.unsubscribed")] };
// A form that only asks for the newsletter says "opens_lead: false"; one from before forms were kept here says nothing.
const wanted: Condition = { field: "opens_lead", op: "is_not", value: false };
const asked: Condition = { any: [did("lead.opened"), { ...did("form.submitted"), where: wanted }] };
const askedSince: Condition = { ...since("form.submitted"), where: wanted };
const buying: readonly Stage[] = ["customer", "active", "loyal", "advocate", "won_back"];

/**
 * The rules a company starts with. The first that fits wins, so the farther stage stands before the nearer one.
 * "since" counts what came after the customer entered the stage; "did" counts their whole story.
 */
export const defaultRules: readonly Rule[] = [
  { key: "ordered-while-at-risk", from: ["at_risk"], to: "active", when: since("order.placed"), reason: "ordered again while at risk" },
  { key: "came-back", from: ["lapsed"], to: "won_back", when: since("order.placed"), reason: "ordered again after having lapsed" },
  { key: "stays-back", from: ["won_back"], to: "active", when: since("order.placed"), reason: "ordered again since being won back" },
  {
    key: "first-order",
    from: ["identified", "subscriber", "lead", "opportunity"],
    to: "customer",
    when: did("order.placed"),
    reason: "placed an order",
  },
  {
    key: "recommends-us",
    from: ["active", "loyal"],
    to: "advocate",
    when: {
      any: [
        { fact: "referral.made", within: { last: { n: 2, unit: "year" } } },
        { fact: "review.written", within: { last: { n: 2, unit: "year" } }, where: { field: "stars", op: "is", value: 5 } },
      ],
    },
    reason: "recommended us or gave five stars",
  },
  {
    key: "five-orders-a-year",
    from: ["active"],
    to: "loyal",
    when: { fact: "order.placed", times: { op: "at_least", n: 5 }, within: { last: { n: 365, unit: "day" } } },
    reason: "ordered {count} times within a year",
  },
  // A newcomer stays for who orders twice, finishes onboarding, or keeps what they paid for through the first 30 days.
  {
    key: "settled-in",
    from: ["customer"],
    to: "active",
    when: {
      any: [
        did("order.placed", 2),
        did("onboarding.completed"),
        {
          all: [
            { field: "stage_since", op: "older_than", value: { n: 30, unit: "day" } },
            { any: [did("order.paid"), did("payment.received")] },
            never("order.returned"),
          ],
        },
      ],
    },
    reason: "ordered again, completed onboarding, or kept and paid the first order for 30 days",
  },
  {
    key: "twice-the-usual-gap",
    from: buying,
    to: "at_risk",
    when: quiet(2, 30),
    reason: "no order for {days} days, and the usual gap is {gap}",
  },
  {
    key: "four-times-the-usual-gap",
    from: ["at_risk"],
    to: "lapsed",
    when: quiet(4, 60),
    reason: "no order for {days} days, and the usual gap is {gap}",
  },
  {
    key: "opportunity",
    from: ["identified", "subscriber", "lead"],
    to: "opportunity",
    when: {
      any: [
        since("opportunity.opened"),
        since("lead.qualified"),
        { all: [{ any: [did("opportunity.opened"), did("lead.qualified")] }, never("opportunity.lost")] },
      ],
    },
    reason: "an opportunity was opened, or the lead was qualified",
  },
  {
    key: "lost-but-still-a-lead",
    from: ["opportunity"],
    to: "lead",
    when: { all: [since("opportunity.lost"), asked, never("lead.unqualified")] },
    reason: "the opportunity was lost; the lead is still open",
  },
  {
    key: "lost-but-subscribed",
    from: ["opportunity"],
    to: "subscriber",
    when: { all: [since("opportunity.lost"), subscribed] },
    reason: "the opportunity was lost",
  },
  { key: "lost", from: ["opportunity"], to: "identified", when: since("opportunity.lost"), reason: "the opportunity was lost" },
  {
    key: "asked",
    from: ["identified", "subscriber"],
    to: "lead",
    when: {
      any: [since("lead.opened"), askedSince, { all: [asked, never("lead.unqualified"), never("opportunity.lost")] }],
    },
    reason: "asked for something",
  },
  {
    key: "set-aside-but-subscribed",
    from: ["lead"],
    to: "subscriber",
    when: { all: [since("lead.unqualified"), subscribed] },
    reason: "the lead was set aside",
  },
  { key: "set-aside", from: ["lead"], to: "identified", when: since("lead.unqualified"), reason: "the lead was set aside" },
  {
    key: "subscribed",
    from: ["identified"],
    to: "subscriber",
    when: { any: [since("newsletter.subscribed"), subscribed] },
    reason: "subscribed to the newsletter",
  },
  {
    key: "unsubscribed",
    from: ["subscriber"],
    to: "identified",
    when: since("newsletter.unsubscribed"),
    reason: "left the newsletter",
  },
]; // prettier-ignore
