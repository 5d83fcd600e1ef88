import { z } from "zod";
import { invalid } from "#kernel/refusal";
import type { Tone } from "#records";
import { companyActs } from "../lifecycle/traits.ts";
import { stageLabel, stages, type Stage } from "../stage.ts";

/*
 * Words we use
 *   lens   one textbook's drawing of the cycle: its steps in order
 *   step   the stages it gathers, and acts of the company: whoever's last act is one of them stands here, whatever their stage
 * Every stage lies in exactly one step and every act in at most one, so every customer stands in exactly one step of every lens.
 */
export interface Step {
  key: string;
  name: string;
  tone: Tone;
  stages: readonly Stage[];
  acts?: readonly string[] | undefined;
}

export interface Lens {
  key: string;
  name: string;
  steps: readonly Step[];
  /** Of a workspace's own drawing; those that come with Rondo have none. */
  version?: number;
}

const tones = ["neutral", "blue", "indigo", "amber", "green", "teal", "violet", "pink", "red", "gray"] as const;
const name = z.string().trim().min(1, "This is required.").max(60);
export const stepSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, "A step's key is written like identification."),
  name,
  tone: z.enum(tones),
  stages: z.array(z.enum(stages)).max(stages.length),
  acts: z.array(z.enum(companyActs)).max(companyActs.length).optional(),
});
export const lensSchema = z.strictObject({
  name,
  steps: z.array(stepSchema).min(2, "A cycle has at least two steps.").max(12),
});

/** Refuses a lens that does not place every customer in exactly one step, naming the step. */
export function checkLens(lens: Pick<Lens, "steps">): void {
  const taken = new Map<string, string>();
  const take = (what: string, words: string, step: Step, at: string): void => {
    const other = taken.get(what);
    if (other) throw invalid(at, `${words} is in “${other}” already.`, "lens.overlap");
    taken.set(what, step.name);
  };
  for (const [i, step] of lens.steps.entries()) {
    take(`key ${step.key}`, `The key “${step.key}”`, step, `steps.${i}.key`);
    if (step.stages.length + (step.acts?.length ?? 0) === 0) throw invalid(`steps.${i}.stages`, `Nobody can stand in “${step.name}”: give it a stage or an act.`, "lens.empty-step"); // prettier-ignore
    for (const stage of step.stages) take(`stage ${stage}`, stageLabel(stage), step, `steps.${i}.stages`);
    for (const act of step.acts ?? []) take(`act ${act}`, `“${act}”`, step, `steps.${i}.acts`);
  }
  const missing = stages.filter((s) => !taken.has(`stage ${s}`));
  if (missing.length > 0)
    throw invalid("steps", `No step has ${missing.map(stageLabel).join(", ")}.`, "lens.missing-stage");
}

/** The place of the step in which a customer of that stage and last act stands; 0 is the first. */
export function stepOf(lens: Pick<Lens, "steps">, stage: Stage, lastAct: string | null): number {
  const byAct = lastAct === null ? -1 : lens.steps.findIndex((s) => s.acts?.includes(lastAct) ?? false);
  return byAct >= 0 ? byAct : lens.steps.findIndex((s) => s.stages.includes(stage));
}
