import { useQueryClient } from "@tanstack/react-query";
import type { OnboardingFigures, OnboardingLine, OnboardingsApi, OnboardingTold, PlanRow, PlansApi, Step } from "#engage/onboarding"; // prettier-ignore
import { client } from "../../../kit/client.ts";
import { askAgain, useLive } from "../../../kit/live.ts";
import type { Sent } from "../../../customers/told.ts";

/** An onboarding, its steps and a plan as JSON brings them. */
export type Told = Sent<OnboardingTold>;
export type StepShown = Told["steps"][number];
export type Line = Sent<OnboardingLine>;
export type Figures = Sent<OnboardingFigures>;
export type Plan = Omit<PlanRow, "deleted_at"> & { deleted_at: string | null; product: { id: string; title: string } | null }; // prettier-ignore
export type { Step };

/** The endpoints of onboardings and of their plans. */
export const onboardings = () => client<OnboardingsApi>("onboardings");
export const plans = () => client<PlansApi>("plans");

/** Asks again for everything that is shown of onboardings. */
export const useAgain = (): (() => Promise<unknown>) => {
  const cache = useQueryClient();
  return () => Promise.all([["onboardings"], ["timeline"], ["story"]].map((queryKey) => cache.invalidateQueries({ queryKey }))); // prettier-ignore
};

/** Keeps what is shown of onboardings true while customers and colleagues do their steps. */
export function useOnboardingsLive(): void {
  const cache = useQueryClient();
  useLive("fact", ({ name }) => name.startsWith("onboarding.") && askAgain(cache, ["onboardings"]));
}

/** The colour of how an onboarding stands. */
export const toneOf = { stalled: "red", running: "blue", completed: "green", ended: "gray" } as const;

/** A key for a new step: step-1, step-2, the first that is free. */
export function freshKey(steps: readonly { key: string }[]): string {
  for (let n = 1; ; n += 1) if (!steps.some((step) => step.key === `step-${n}`)) return `step-${n}`;
}

/** The steps with one moved up or down; where it would leave the list nothing changes. */
export function movedStep(steps: readonly Step[], at: number, by: -1 | 1): Step[] {
  const one = steps[at];
  return one === undefined || at + by < 0 || at + by >= steps.length ? [...steps] : steps.toSpliced(at, 1).toSpliced(at + by, 0, one); // prettier-ignore
}
