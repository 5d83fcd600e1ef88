// The door of the one condition language: what a condition is, and everything that can be asked of it without a database.
export {
  conditionSchema, fieldOps,
  type Condition, type ConsentLeaf, type FactLeaf, type FieldLeaf, type FieldOp, type LastLeaf, type QuietLeaf, type RelatedLeaf, type SampleLeaf, type SegmentLeaf, type Scalar, type Times, type Within,
} from "./condition/condition.ts"; // prettier-ignore
export { type FactSeen, type Subject } from "./condition/subject.ts";
export { dayPattern, fold, instantPattern, opposites, rangeOf, type Range } from "./condition/field.ts";
export { payloadNodeOf, usualGapDays, windowOf } from "./condition/fact.ts";
export { sampleThreshold } from "./condition/sample.ts";
export { holds } from "./condition/holds.ts";
export { evaluate, type Verdict } from "./condition/evaluate.ts";
export { deps } from "./condition/deps.ts";
export { nextFlip } from "./condition/flip.ts";
export { conditionText, explain, type ExplainedNode, type ExplainWords } from "./condition/explain.ts";
export { kindOf, leafProblem, type ConditionFieldType } from "./condition/kind.ts";
export { validateCondition } from "./condition/validate.ts";
export { sampled } from "./condition/sample.ts";
