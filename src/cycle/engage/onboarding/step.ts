import { z } from "zod";
import { conditionSchema, validateCondition, type Condition, type FactLeaf } from "#kernel/condition";
import { invalid } from "#kernel/refusal";
import { cleanText } from "#records";
import { isFactName } from "#timeline";

/*
 * Words we use
 *   plan         what is done with everybody who buys a product: steps, each version kept
 *   onboarding   one customer on one version of a plan
 *   step         ours or the customer's; done by hand, by an answer, or by a fact, whose id is kept as the evidence
 *   settled      done, skipped or not applicable: nobody waits for it any more
 *   first value  the step at which the customer has what they came for
 */
export const stepStates = ["blocked", "ready", "in_progress", "done", "skipped", "not_applicable"] as const;
export type StepState = (typeof stepStates)[number];

const words = (most: number) => z.string().max(most * 4).transform((v) => cleanText(v).replaceAll(/\s+/g, " ")).pipe(z.string().max(most)); // prettier-ignore
const stepKey = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "A key has small letters, digits and hyphens.");

export const stepSchema = z.strictObject({
  key: stepKey,
  title: words(120).pipe(z.string().min(1, "Say what is to be done.")),
  help: z.string().max(4000).transform(cleanText).pipe(z.string().max(1000)).default(""),
  owner: z.enum(["us", "customer"]),
  kind: z.enum(["manual", "fact", "answer"]).default("manual"),
  question: words(300).default(""),
  done_when: conditionSchema.nullable().default(null),
  depends_on: z.array(stepKey).max(10).default([]),
  due_days: z.int().min(0).max(250).nullable().default(null),
  due_from: z.enum(["start", "ready"]).default("start"),
  weight: z.int().min(1).max(100).default(1),
  required: z.boolean().default(true),
  first_value: z.boolean().default(false),
});
export const designSchema = z.strictObject({ steps: z.array(stepSchema).min(1).max(30) });
export type Step = z.output<typeof stepSchema>;
export interface Design {
  steps: Step[];
}

/** Refuses steps that cannot be walked: twice the same key, a wait for a step that comes later, a fact step without its fact. @throws Refused "invalid" with the step's path. */
export function checkDesign({ steps }: Design): void {
  const above = new Set<string>();
  for (const [i, step] of steps.entries()) {
    const wrong = (field: string, message: string) => invalid(`design.steps.${i}.${field}`, message, "onboarding.step");
    if (above.has(step.key)) throw wrong("key", `There are two steps with the key "${step.key}".`);
    if (step.depends_on.some((key) => !above.has(key)))
      throw wrong("depends_on", `“${step.title}” can only wait for steps above it.`);
    if (step.kind === "answer" && step.question === "") throw wrong("question", `Say what “${step.title}” asks.`);
    if (step.kind === "fact") checkFactOf(step, (message) => wrong("done_when", message));
    else if (step.done_when) throw wrong("done_when", `“${step.title}” is not done by a fact.`);
    above.add(step.key);
  }
  if (steps.filter((s) => s.first_value).length > 1)
    throw invalid("design", "Only one step brings the first value.", "onboarding.first-value");
  if (!steps.some((s) => s.required)) throw invalid("design", "At least one step is required.", "onboarding.required");
}

// Only of counts that grow: "never did" would be true at once, and our own facts would go round in circles.
function checkFactOf(step: Step, wrong: (message: string) => Error): void {
  const leaf = step.done_when;
  if (!leaf || !isFactLeaf(leaf)) throw wrong(`Say which fact shows that “${step.title}” is done.`);
  if (leaf.times && (leaf.times.op !== "at_least" || leaf.times.n < 1))
    throw wrong(`“${step.title}” is done once something happened at least so many times.`);
  if (leaf.fact.startsWith("onboarding.")) throw wrong("Facts of onboardings show no step to be done.");
  validateCondition(leaf, {
    field: (path) => (path === "started_at" ? "datetime" : undefined),
    fact: isFactName,
    related: () => undefined,
  });
}

export const isFactLeaf = (node: Condition): node is FactLeaf => "fact" in node;
