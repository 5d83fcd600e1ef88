import { z } from "zod";
import { because, fact, id, text } from "../fact.ts";

const aCase = { number: text, case_id: id.optional(), ...because, product_id: id.nullish(), order_id: id.nullish() };
const anOnboarding = { onboarding_id: id, plan: text };
const aTarget = {
  ...aCase,
  target: z.enum(["first_response", "next_response", "resolution"]),
  due_at: text.nullable(),
};
const promised = {
  first_response: "first response",
  next_response: "next response",
  resolution: "resolution",
} as const;

/** How we help them get value. */
export const engage = {
  "onboarding.started": fact(
    "started onboarding",
    z.object({ plan: text, onboarding_id: id.optional(), product_id: id.nullish() }),
    (d) => `started “${d.plan}”`,
  ),
  "onboarding.step-done": fact(
    "a step of an onboarding was done",
    z.object({ ...anOnboarding, step: text, how: z.enum(["us", "customer", "fact"]) }),
    (d) => `${d.how === "us" ? "we did" : d.how === "customer" ? "did" : "showed"} “${d.step}” of “${d.plan}”`,
  ),
  "onboarding.step-reopened": fact(
    "a step of an onboarding was opened again",
    z.object({ ...anOnboarding, step: text }),
    (d) => `“${d.step}” of “${d.plan}” is open again`,
  ),
  "onboarding.value-reached": fact(
    "had what they came for",
    z.object({ ...anOnboarding, days: z.int() }),
    (d) => `had first value of “${d.plan}” after ${d.days === 1 ? "1 day" : `${d.days} days`}`,
  ),
  "onboarding.stalled": fact(
    "an onboarding stalled",
    z.object({ ...anOnboarding, step: text, days: z.int() }),
    (d) => `stands still at “${d.step}” of “${d.plan}” for ${d.days} days`,
  ),
  "onboarding.completed": fact(
    "completed onboarding",
    z.object({ plan: text, days: z.int(), onboarding_id: id.optional() }),
    (d) => `completed “${d.plan}” in ${d.days === 1 ? "1 day" : `${d.days} days`}`,
  ),
  "onboarding.ended": fact(
    "an onboarding ended unfinished",
    z.object({ ...anOnboarding, reason: text }),
    (d) => `“${d.plan}” ended: ${d.reason}`,
  ),
  "onboarding.resumed": fact("an onboarding was taken up again", z.object(anOnboarding), (d) => `“${d.plan}” goes on`),
  "case.opened": fact(
    "opened a case",
    z.object({ ...aCase, subject: text, reason: text.nullish(), priority: text.optional() }),
    (d) => `opened case ${d.number}: ${d.subject}`,
  ),
  "case.answered": fact(
    "wrote in a case",
    z.object({ ...aCase, subject: text }),
    (d) => `wrote in case ${d.number}: ${d.subject}`,
  ),
  "case.replied": fact(
    "was answered in a case",
    z.object({ ...aCase, subject: text }),
    (d) => `was answered in case ${d.number}: ${d.subject}`,
  ),
  // A reply was taken back before it left; withdraws the fact that told of it.
  "case.unsaid": fact("a reply was taken back", z.object(aCase), (d) => `a reply in case ${d.number} was taken back`),
  "case.near-breach": fact(
    "a case came near its due",
    z.object(aTarget),
    (d) => `case ${d.number}: the ${promised[d.target]} is nearly due`,
  ),
  "case.breached": fact(
    "a case went past its due",
    z.object(aTarget),
    (d) => `case ${d.number}: the ${promised[d.target]} was late`,
  ),
  "case.resolved": fact(
    "had a case resolved",
    z.object({ ...aCase, hours: z.number(), reason: text.nullish(), survey: z.boolean().optional() }),
    (d) => `case ${d.number} resolved in ${d.hours} h`,
  ),
  "case.reopened": fact("had a case opened again", z.object(aCase), (d) => `case ${d.number} opened again`),
  "case.dismissed": fact(
    "a case was dismissed",
    z.object({ ...aCase, as: z.enum(["spam", "duplicate", "out_of_scope", "mistake"]) }),
    (d) => `case ${d.number} dismissed as ${d.as.replaceAll("_", " ")}`,
  ),
} as const;
