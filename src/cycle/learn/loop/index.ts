export { loopOf, type Loop } from "./loop.ts";
export { forgetTargetsOf, setTarget, targetHistory, targetsOf, type Target } from "./targets.ts";
export type { Costly, Weak } from "./weakest.ts";
export type { StageTold } from "./stages.ts";
export { rank, urgency } from "./rank.ts";
export { putOff, putOffBy } from "./put-off.ts";
export { recommendAgain, turnDown } from "./turn-down.ts";
export type { LoopApi } from "./api.ts";
