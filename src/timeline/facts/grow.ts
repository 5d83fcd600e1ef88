import { z } from "zod";
import { fact, id, text } from "../fact.ts";

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
  "lifecycle.rules-changed": fact(
    "the lifecycle rules changed",
    z.object({ version: z.int() }),
    (d) => `lifecycle rules changed to version ${d.version}`,
  ),
  "referral.made": fact("recommended us", z.object({ friend: text }), (d) => `recommended us to ${d.friend}`),
  "review.written": fact(
    "wrote a review",
    z.object({ stars: z.int().min(1).max(5), text: text.optional() }),
    (d) => `wrote a review: ${d.stars} of 5 stars`,
  ),
  "reward.earned": fact("earned points", z.object({ points: z.int() }), (d) => `earned ${d.points} points`),
} as const;
