import type { Step } from "#customers";
import { say } from "../../kit/i18n.ts";

export type { Step } from "#customers";
type Stage = Step["stages"][number];

/*
 * Words we use
 *   place   the step that a stage, or an act of the company, belongs to, by key; every stage has exactly one place
 */

/** Acts of the company that a lens may draw as a step of their own. */
export const companyActs = ["survey.sent", "survey.answered", "improvement.announced"] as const;

/** Where each stage and act stands. */
export const placesOf = (steps: readonly Step[]): ReadonlyMap<string, string> =>
  new Map(steps.flatMap((step) => [...step.stages, ...(step.acts ?? [])].map((what) => [what, step.key] as const)));

/** The steps with their stages and acts gathered from the places; a stage whose step is gone falls to the first one. */
export function gatherSteps(
  steps: readonly Step[],
  places: ReadonlyMap<string, string>,
  stages: readonly string[],
  acts: readonly string[],
): Step[] {
  const known = new Set(steps.map((step) => step.key));
  const first = steps[0]?.key;
  const placeOf = (stage: string): string | undefined =>
    known.has(places.get(stage) ?? "") ? places.get(stage) : first;
  return steps.map(({ acts: _acts, ...step }) => {
    const own = acts.filter((act) => places.get(act) === step.key);
    return {
      ...step,
      stages: stages.filter((stage) => placeOf(stage) === step.key) as Stage[],
      ...(own.length > 0 ? { acts: own } : {}),
    };
  });
}

/** Why a lens cannot be saved, in words; undefined when it can. */
export function whatIsWrong(steps: readonly Step[]): string | undefined {
  if (steps.length < 2) return say("A cycle has at least two steps.");
  if (steps.length > 12) return say("A cycle has at most twelve steps.");
  if (steps.some((step) => step.name.trim() === "")) return say("Every step needs a name.");
  const empty = steps.find((step) => step.stages.length === 0 && (step.acts?.length ?? 0) === 0);
  return empty && say("Nobody can stand in “{step}”: give it a stage or an act.", { step: empty.name });
}

/** A key for a new step that no other has. */
export const freshKey = (steps: readonly Step[]): string => {
  let n = steps.length + 1;
  while (steps.some((step) => step.key === `step_${n}`)) n++;
  return `step_${n}`;
};
