export { improvementType, type NextStep, type State, type Verdict } from "./improvement.ts";
export type { Design, Metric, Plan } from "./plan.ts";
export type { Arm, Effect, Rule } from "./effect.ts";
export type { Size } from "./size.ts";
export { startImprovement } from "./start.ts";
export { measure, measureDue, nextReviewAt, type Result } from "./measure.ts";
export { decide, extendReview, stopImprovement } from "./decide.ts";
export { assignAs } from "./expose.ts";
export { findImprovement } from "./find.ts";
export { announce, noteTold, listenersOf, type Listener } from "./announce.ts";
export { beingDoneAbout, provedOf, type ImprovementLine, type ImprovementOfContact, type ImprovementTold, type Measured } from "./queries.ts"; // prettier-ignore
export { exposureConsumer } from "./consumer.ts";
export { forgetImprovements } from "./forget.ts";
export type { ImprovementsApi } from "./api.ts";
