import { summed, type Sample } from "#kernel/statistics";
import type { Ctx } from "#platform/context";
import { exposedIn } from "./expose.ts";
import { requiredFor } from "./effect.ts";
import { figuresFor } from "./outcome.ts";
import type { Plan } from "./plan.ts";

const dayMs = 86_400_000;

/** What is known before the start. */
export interface Size {
  /** Over those exposed in the baseline window whose days were over: how many, mean and variance. */
  baseline: Sample;
  from: string;
  until: string;
  /** People the arms take: with the change, and compared with it; null when the baseline cannot say. */
  required: [number, number] | null;
  /** New people a day, from the baseline window. */
  per_day: number;
  /** Until both arms are full and their days are over; null when never. */
  days_needed: number | null;
}

/** How large the arms must be to see the smallest effect that matters, and how long that takes at the present inflow. */
export async function sizeOf(ctx: Ctx, plan: Plan): Promise<Size> {
  const until = new Date(ctx.clock().getTime() - plan.metric.days * dayMs);
  const from = new Date(until.getTime() - plan.baseline_days * dayMs);
  const people = await exposedIn(ctx, plan, plan.scope, from, until);
  const baseline = summed(await figuresFor(ctx, plan.metric, people));
  const treated = plan.design.kind === "randomised" ? plan.design.treated : 0.5;
  const required = requiredFor(plan, baseline, treated);
  const per_day = people.length / plan.baseline_days;
  return {
    baseline,
    from: from.toISOString(),
    until: until.toISOString(),
    required,
    per_day,
    days_needed: daysFor(plan, required, per_day),
  };
}

// Before and after: those before are there already, only the second arm has to come.
function daysFor({ design, metric }: Plan, required: Size["required"], per_day: number): number | null {
  if (!required || per_day === 0) return null;
  const people = design.kind === "randomised" ? required[0] + required[1] : required[0];
  return Math.ceil(people / per_day) + metric.days;
}
