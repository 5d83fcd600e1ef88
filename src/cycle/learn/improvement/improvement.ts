import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { describeObject, registerRecordType, type Row, type Values } from "#records";
import { findInsight } from "#learn/insight";
import { checkPlan, planSchema } from "./plan.ts";

/*
 * Words we use
 *   improvement   something we change because of an insight, with what we expect of it, and how we will know
 *   review        the day on which it is measured once and for all; before it, figures are shown without a verdict
 *   verdict       worked, no effect, worse, too early
 *   next step     what a person decides on the verdict: keep, stop, change, repeat
 */
export const states = ["draft", "running", "review", "done", "stopped"] as const;
export type State = (typeof states)[number];
export const verdicts = ["worked", "no_effect", "worse", "too_early"] as const;
export type Verdict = (typeof verdicts)[number];
export const nextSteps = ["keep", "stop", "change", "repeat"] as const;
export type NextStep = (typeof nextSteps)[number];

export const improvement = describeObject({
  name: "improvement",
  plural: "improvements",
  label: "Improvement",
  label_plural: "Improvements",
  table: "improvements",
  title: "name",
  fields: [
    { name: "name", label: "Improvement", type: "text", required: true, sortable: true, shown: true },
    {
      name: "state",
      label: "State",
      type: "choice",
      computed: true,
      required: true,
      shown: true,
      choices: [
        { value: "draft", label: "Draft", tone: "gray" },
        { value: "running", label: "Running", tone: "blue" },
        { value: "review", label: "To be decided", tone: "amber" },
        { value: "done", label: "Decided", tone: "green" },
        { value: "stopped", label: "Stopped", tone: "gray" },
      ],
    },
    {
      name: "verdict",
      label: "Verdict",
      type: "choice",
      computed: true,
      shown: true,
      choices: [
        { value: "worked", label: "Worked", tone: "green" },
        { value: "no_effect", label: "No effect", tone: "gray" },
        { value: "worse", label: "Worse", tone: "red" },
        { value: "too_early", label: "Too early", tone: "amber" },
      ],
    },
    { name: "hypothesis", label: "Hypothesis", type: "long_text", max: 2000, help: "What will change, for whom, and why." },
    {
      name: "kind",
      label: "Kind",
      type: "choice",
      shown: true,
      choices: [
        { value: "product", label: "Product" },
        { value: "process", label: "Process" },
        { value: "message", label: "Message" },
        { value: "price", label: "Price" },
        { value: "service", label: "Service" },
        { value: "other", label: "Other" },
      ],
    },
    { name: "insight_id", label: "Insight", type: "relation", to: "insight" },
    { name: "owner_id", label: "Owner", type: "user", shown: true },
    { name: "cost_amount", label: "Cost", type: "money", help: "What the change costs, once." },
    { name: "start_at", label: "Started", type: "datetime", computed: true, sortable: true, shown: true },
    { name: "review_at", label: "Review", type: "datetime", computed: true, sortable: true, shown: true },
    {
      name: "next_step",
      label: "Next step",
      type: "choice",
      computed: true,
      choices: [
        { value: "keep", label: "Keep" },
        { value: "stop", label: "Stop" },
        { value: "change", label: "Change" },
        { value: "repeat", label: "Repeat" },
      ],
    },
  ],
  related: [],
  search: ["name"],
  default_sort: "-created_at",
  creatable: false,
  custom: false,
}); // prettier-ignore

async function prepare(tx: Ctx, given: Values, before: Row | null): Promise<Values> {
  const values: Values = { ...given };
  if (values.kind === null) values.kind = "other";
  if (typeof values.insight_id === "string") await findInsight(tx, values.insight_id);
  if (values.plan === undefined) return values;
  if (before && before.state !== "draft")
    throw new Refused(
      "conflict",
      "improvement.frozen",
      "It has started: whom it is for and how it is measured are frozen, so that nobody moves the goal. Repeat it to change them.",
    );
  const plan = planSchema.parse(values.plan);
  checkPlan(plan);
  return { ...values, plan };
}

/** An improvement with its rules: its plan is frozen once it started. */
export const improvementType = registerRecordType({ object: improvement, prepare, tell: () => null });
