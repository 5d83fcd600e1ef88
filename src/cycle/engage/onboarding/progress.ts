import { businessDaysAfter, type Calendar } from "#platform/calendar";
import type { StepRow } from "./onboarding.ts";

/** Whether nobody waits for the step any more. */
export const isSettled = ({ state }: Pick<StepRow, "state">): boolean =>
  state === "done" || state === "skipped" || state === "not_applicable";

/** Weight done of the weight that applies, in whole percent: what does not apply counts for nothing, what was skipped stays to be done. 100 when nothing applies. */
export function percentOf(steps: readonly Pick<StepRow, "state" | "weight">[]): number {
  const sum = (list: readonly { weight: number }[]): number => list.reduce((all, s) => all + s.weight, 0);
  const applies = sum(steps.filter((s) => s.state !== "not_applicable"));
  if (applies === 0) return 100;
  return Math.floor((100 * sum(steps.filter((s) => s.state === "done"))) / applies);
}

/** The step it stands at: the first required one that is ready, else the first that is ready, else the first that is open. */
export function currentOf(steps: readonly StepRow[]): StepRow | undefined {
  const open = steps.filter((s) => !isSettled(s));
  const ready = open.filter((s) => s.state !== "blocked");
  return ready.find((s) => s.required) ?? ready[0] ?? open[0];
}

/** Whether no required step is open. */
export const isComplete = (steps: readonly StepRow[]): boolean => steps.every((s) => !s.required || isSettled(s));

/** Blocks and frees the open steps by what they wait for; whoever becomes ready gets the due of that moment. */
export function free(steps: readonly StepRow[], started: Date, at: Date, calendar: Calendar): void {
  const settled = new Set(steps.filter(isSettled).map((s) => s.key));
  for (const step of steps) {
    if (step.state !== "blocked" && step.state !== "ready") continue;
    const waits = step.depends_on.some((key) => !settled.has(key));
    if (waits) Object.assign(step, { state: "blocked", ready_at: null, due_at: dueOf(step, started, null, calendar) });
    else if (step.state === "blocked")
      Object.assign(step, { state: "ready", ready_at: at, due_at: dueOf(step, started, at, calendar) });
  }
}

/** When a step is due: so many business days after the start, or after it became ready; null when it has no due, or none yet. */
export function dueOf(
  step: Pick<StepRow, "due_days" | "due_from">,
  started: Date,
  ready: Date | null,
  calendar: Calendar,
): Date | null {
  const from = step.due_from === "start" ? started : ready;
  return step.due_days === null || !from ? null : businessDaysAfter(calendar, from, step.due_days);
}
