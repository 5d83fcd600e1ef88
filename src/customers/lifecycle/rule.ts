import { z } from "zod";
import { conditionSchema, deps, validateCondition, type Condition } from "#kernel/condition";
import { invalid } from "#kernel/refusal";
import { isFactName } from "#timeline";
import { stages, type Stage } from "../stage.ts";
import { traitFacts } from "./traits.ts";

/*
 * Words we use
 *   rule     from these stages to that one, when the condition holds; the first rule of the list that fits moves the customer
 *   reason   what people read: {days} of silence, {gap} the usual gap in days, {count} how often
 *   by hand  a person moved the customer, with a reason; told by the fact customer.moved-by-hand, so it is replayed like any other
 */
export interface Rule {
  key: string;
  from: readonly Stage[] | "any";
  to: Stage;
  when: Condition;
  reason: string;
}

export const byHand = "by-hand";
export const becameKnown = "became-known";
export const handFact = "customer.moved-by-hand";

export const ruleSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, "A rule's key is written like twice-the-usual-gap."),
  from: z.union([z.literal("any"), z.array(z.enum(stages)).min(1).max(stages.length)]),
  to: z.enum(stages),
  when: conditionSchema,
  reason: z.string().trim().min(3, "Say why in words that people read.").max(200),
});
export const rulesSchema = z.array(ruleSchema).min(1).max(60);

// What is known of a customer at every instant of the past; other fields have no past that could be replayed.
const fieldTypes = {
  stage: "choice",
  stage_since: "datetime",
  order_count: "integer",
  paid_total: "money",
  returned_total: "money",
  first_order_at: "datetime",
  last_order_at: "datetime",
} as const;
const isField = (path: string): path is keyof typeof fieldTypes => Object.hasOwn(fieldTypes, path);

/** Refuses rules that cannot be replayed, naming the rule and the leaf. */
export function checkRules(rules: readonly Rule[]): void {
  const keys = new Set<string>([byHand, becameKnown]);
  for (const [i, rule] of rules.entries()) {
    if (keys.has(rule.key)) throw invalid(`rules.${i}.key`, `The key "${rule.key}" is taken.`, "rule.key-taken");
    keys.add(rule.key);
    if (rule.from !== "any" && rule.from.includes(rule.to)) throw invalid(`rules.${i}.from`, "A rule leads to another stage than it starts from.", "rule.circle"); // prettier-ignore
    if (Object.keys(rule.when).includes("related") || deps(rule.when).related.size > 0)
      throw invalid(`rules.${i}.when`, "A rule speaks of facts: what related records were is not known for the past.", "rule.related"); // prettier-ignore
    validateCondition(rule.when, {
      field: (path) => (isField(path) ? fieldTypes[path] : undefined),
      fact: (name) =>
        isFactName(name) &&
        !name.startsWith("customer.") &&
        !name.startsWith("lifecycle.") &&
        !name.startsWith("segment."),
      related: () => undefined,
    });
  }
}

/** Kinds of facts at which rules are asked again. */
export function factsOfRules(rules: readonly Rule[]): Set<string> {
  const found = new Set<string>([handFact]);
  for (const rule of rules) {
    const { facts, fields } = deps(rule.when);
    for (const name of facts) found.add(name);
    if ([...fields].some((f) => f !== "stage" && f !== "stage_since")) for (const name of traitFacts) found.add(name);
  }
  return found;
}

/** How many facts of one kind a story looks back on: 1,000, or more when a rule counts further. It bounds the work on very long stories. */
export function lookBack(rules: readonly Rule[]): number {
  let most = 1000;
  const walk = (node: Condition): void => {
    if ("all" in node) node.all.forEach(walk);
    else if ("any" in node) node.any.forEach(walk);
    else if ("not" in node) walk(node.not);
    else if ("fact" in node && node.times) most = Math.max(most, node.times.n + 1);
  };
  for (const rule of rules) walk(rule.when);
  return most;
}
