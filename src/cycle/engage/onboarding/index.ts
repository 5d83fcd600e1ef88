export { planType } from "./plan.ts";
export { stuckSteps, type OnboardingTold, type OnboardingLine, type OnboardingFigures, type StepTold } from "./queries.ts"; // prettier-ignore
export { writeOnboardings, type ToldOnboarding, type ToldStep } from "./write-many.ts";
export { noteStalls } from "./stall.ts";
export { forgetOnboardingsOf, forgetPlans } from "./forget.ts";
export type { Step } from "./step.ts";
export type { PlanRow } from "./plan.ts";
export type { PlansApi, OnboardingsApi } from "./api.ts";
