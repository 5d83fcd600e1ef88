import { z } from "zod";
import { amounts, fact, id, text } from "../fact.ts";

const promoted = {
  promotion_id: id,
  promotion: text,
  code: text.nullable(),
  order_id: id,
  number: text,
  ...amounts,
  reason: text.optional(),
};

const referred = { referral_id: id, friend: text };

/** How the relation grows, or cools. */
export const grow = {
  "customer.stage-changed": fact(
    "moved in the lifecycle",
    z.object({ transition_id: id, from: text, to: text, subject: z.enum(["contact", "account"]) }),
    (d) => `became ${d.to.replace("_", " ")}`,
  ),
  "customer.stages-corrected": fact(
    "the lifecycle was corrected",
    z.object({ withdrawn: z.int(), added: z.int(), reason: text }),
    (d) => `lifecycle corrected (${d.reason}): ${d.withdrawn} moves withdrawn, ${d.added} added`,
  ),
  "customer.moved-by-hand": fact(
    "was moved in the lifecycle by hand",
    z.object({ to: text, reason: text }),
    (d) => `moved to ${d.to.replace("_", " ")} by hand: ${d.reason}`,
  ),
  "customer.banded": fact(
    "moved to another band of worth",
    z.object({ from: text, to: text }),
    (d) => `moved from ${d.from.replace("_", " ")} to ${d.to.replace("_", " ")} among all who bought`,
  ),
  "play.started": fact(
    "entered a play",
    z.object({ play_id: id, run_id: id, play: text, held_out: z.boolean() }),
    (d) =>
      `entered the play “${d.play}” · ${d.held_out ? "left alone, to tell what it is worth" : "not in the held-out group"}`,
  ),
  "play.ended": fact(
    "left a play",
    z.object({ play_id: id, run_id: id, play: text, outcome: z.enum(["saved", "lost"]), held_out: z.boolean() }),
    (d) =>
      d.outcome === "saved"
        ? `ordered again while in the play “${d.play}”`
        : `did not order again in time for the play “${d.play}”`,
  ),
  "promotion.redeemed": fact(
    "used a promotion",
    z.object(promoted),
    (d, w) =>
      `used ${d.code ? `the code ${d.code}` : `“${d.promotion}”`}: ${w.money(d.amount, d.currency)} off order ${d.number}`,
  ),
  "promotion.released": fact(
    "a promotion was given back",
    z.object(promoted),
    (d) => `“${d.promotion}” no longer counts for order ${d.number}${d.reason ? `: ${d.reason}` : ""}`,
  ),
  "lifecycle.rules-changed": fact(
    "the lifecycle rules changed",
    z.object({ version: z.int() }),
    (d) => `lifecycle rules changed to version ${d.version}`,
  ),
  "referral.made": fact(
    "recommended us",
    z.object({ friend: text, referral_id: id.optional() }),
    (d) => `recommended us to ${d.friend}`,
  ),
  "referral.joined": fact(
    "came through a recommendation",
    z.object({ referral_id: id, advocate: text, advocate_id: id }),
    (d) => `came through ${d.advocate}'s recommendation`,
  ),
  "referral.qualified": fact(
    "a friend's first order was paid",
    z.object({ ...referred, order_id: id, number: text, until: text.nullable() }),
    (d) => `the first order of ${d.friend}, whom they recommended us to, was paid (${d.number})`,
  ),
  "referral.rewarded": fact(
    "was rewarded for a recommendation",
    z.object({ ...referred, points: z.int() }),
    (d) => `was rewarded for recommending us to ${d.friend}: ${d.points} points`,
  ),
  "referral.rejected": fact(
    "a recommendation did not count",
    z.object({ ...referred, reason: text }),
    (d) => `the recommendation to ${d.friend} does not count: ${d.reason}`,
  ),
  "referral.clawed-back": fact(
    "a reward for a recommendation was taken back",
    z.object({ ...referred, reason: text, points: z.int() }),
    (d) => `the reward for recommending us to ${d.friend} was taken back: ${d.reason}`,
  ),
  "review.written": fact(
    "wrote a review",
    z.object({ stars: z.int().min(1).max(5), text: text.optional() }),
    (d) => `wrote a review: ${d.stars} of 5 stars`,
  ),
  "reward.earned": fact(
    "earned points",
    z.object({
      points: z.int(),
      order_id: id.nullish(),
      number: text.nullish(),
      /** When they can be spent. ISO 8601. */
      active_at: text.optional(),
      reason: text.optional(),
    }),
    (d) => `earned ${d.points} points${d.number ? ` with order ${d.number}` : d.reason ? `: ${d.reason}` : ""}`,
  ),
  "points.activated": fact(
    "points became spendable",
    z.object({ points: z.int(), repaid: z.int() }),
    (d) => `${d.points} points can be spent now${d.repaid ? `, ${d.repaid} of them repaid what was owed` : ""}`,
  ),
  "points.spent": fact(
    "spent points",
    z.object({ points: z.int(), reason: text }),
    (d) => `spent ${d.points} points: ${d.reason}`,
  ),
  "points.expired": fact("points expired", z.object({ points: z.int() }), (d) => `${d.points} points expired`),
  "points.reversed": fact(
    "points were taken back",
    z.object({ points: z.int(), owed: z.int(), reason: text, order_id: id.nullish(), number: text.nullish() }),
    (d) =>
      `${d.points} points taken back${d.number ? ` for order ${d.number}` : ""}: ${d.reason}${d.owed ? `, ${d.owed} of them are owed` : ""}`,
  ),
  "points.restored": fact(
    "spent points came back",
    z.object({ points: z.int(), gone: z.int(), repaid: z.int(), reason: text }),
    (d) =>
      `${d.points} points came back: ${d.reason}${d.gone ? `, ${d.gone} of them had expired` : ""}${d.repaid ? `, ${d.repaid} repaid what was owed` : ""}`,
  ),
  "tier.reached": fact(
    "reached a tier",
    z.object({ tier: text, was: text.nullable(), qualifying: z.int() }),
    (d) => `reached ${d.tier} with ${d.qualifying} points`,
  ),
  "tier.lost": fact(
    "left a tier",
    z.object({ tier: text, now: text.nullable(), qualifying: z.int() }),
    (d) => `is no longer ${d.tier}${d.now ? ` but ${d.now}` : ""}: ${d.qualifying} points in the period`,
  ),
} as const;
