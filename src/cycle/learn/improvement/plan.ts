import { z } from "zod";
import { conditionSchema } from "#kernel/condition";
import { invalid } from "#kernel/refusal";
import { isFactName, kindOf } from "#timeline";
import { definitionSchema } from "#learn/insight";
import { checkFilter } from "#records";
import { contact } from "#customers";

/*
 * Words we use
 *   exposure   the fact by which a customer enters the improvement: the first one after the start, while in scope
 *   metric     what is counted of each exposed customer in the days after: whether a fact happened, a theme was raised, how much was paid
 *   arm        those who get the change, and those it is compared with: held out at random, or those exposed before it
 *   smallest   the smallest effect that matters: parts of one for shares, minor units for money
 *   design     randomised, or before and after; the second one only observes, and is called so everywhere
 */
const factName = z.string().max(80).refine(isFactName, "There is no such fact.");
const days = z.int().min(1).max(365);
const scalar = z.union([z.string().max(200), z.number(), z.boolean()]);

export const metricSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("share"), fact: factName, where: conditionSchema.optional(), days }),
  // The definition is filled in at the start: what the theme meant then.
  z.strictObject({
    kind: z.literal("theme"),
    theme_id: z.uuid(),
    name: z.string().max(200).optional(),
    definition: definitionSchema.optional(),
    days,
  }),
  z.strictObject({
    kind: z.literal("money"),
    fact: z.literal(["order.placed", "order.paid", "payment.refunded", "order.returned"]),
    days,
  }),
]);
export type Metric = z.output<typeof metricSchema>;

export const designSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("randomised"), treated: z.number().min(0.05).max(0.95) }),
  // Those the change cannot reach, to tell it from what would have happened anyway.
  z.strictObject({ kind: z.literal("before_after"), comparison: conditionSchema.nullish() }),
]);
export type Design = z.output<typeof designSchema>;

export const planSchema = z.strictObject({
  exposure: z.strictObject({ fact: factName, where: z.record(z.string().max(60), scalar).optional() }),
  scope: conditionSchema.nullish(),
  metric: metricSchema,
  better: z.enum(["lower", "higher"]),
  design: designSchema,
  baseline_days: z.int().min(14).max(730),
  smallest: z.number().positive(),
});
export type Plan = z.output<typeof planSchema>;

/** Refuses a plan that could not be carried out. */
export function checkPlan(plan: Plan): void {
  if (plan.scope) checkFilter(plan.scope, contact);
  if (plan.design.kind === "before_after" && plan.design.comparison) checkFilter(plan.design.comparison, contact);
  if (plan.metric.kind !== "money" && plan.smallest >= 1)
    throw invalid("plan.smallest", "A share changes by less than 100 points.", "improvement.smallest");
  if (plan.metric.kind === "share" && plan.metric.fact.startsWith("improvement."))
    throw invalid("plan.metric.fact", "An improvement cannot be measured by its own facts.", "improvement.metric");
}

/** What is counted, in words, without its subject: "opened a case within 30 days". */
export function metricWords(metric: Metric): string {
  const within = `within ${metric.days} ${metric.days === 1 ? "day" : "days"}`;
  if (metric.kind === "theme") return `raised “${metric.name ?? "the theme"}” ${within}`;
  const label = kindOf(metric.fact)?.label ?? metric.fact;
  return metric.kind === "share" ? `${label} ${within}` : `money per customer of “${label}” ${within}`;
}
