import { z } from "zod";
import { fact, text } from "../fact.ts";

/** How we help them get value. */
export const engage = {
  "onboarding.started": fact("started onboarding", z.object({ plan: text }), (d) => `started “${d.plan}”`),
  "onboarding.completed": fact(
    "completed onboarding",
    z.object({ plan: text, days: z.int() }),
    (d) => `completed “${d.plan}” in ${d.days} days`,
  ),
  "case.opened": fact(
    "opened a case",
    z.object({ number: text, subject: text }),
    (d) => `opened case ${d.number}: ${d.subject}`,
  ),
  "case.resolved": fact(
    "had a case resolved",
    z.object({ number: text, hours: z.number() }),
    (d) => `case ${d.number} resolved in ${d.hours} h`,
  ),
} as const;
