import { validateCondition, type Condition, type ConditionFieldType } from "#kernel/condition";
import { isFactName } from "#timeline";
import { membershipOf, typeAt } from "./condition/index.ts";
import type { ObjectDescription } from "./object.ts";
import { objectNamed } from "./registry.ts";

export interface Words {
  field(path: string): ConditionFieldType | undefined;
  fact(name: string): boolean;
  related(name: string): Words | undefined;
  segments: boolean;
}

/** What a condition about this object may speak of: own, custom and related records' fields, facts, records that point here. */
export const wordsOf = (object: ObjectDescription): Words => ({
  field: (path) => typeAt(object, path, objectNamed),
  fact: (name) => object.facts_by !== undefined && isFactName(name),
  segments: membershipOf(object.name) !== undefined,
  related: (name) => {
    const related = object.related.find((r) => r.name === name);
    return related && wordsOf(objectNamed(related.object));
  },
});

/** Refuses a condition that speaks of what this object has not, naming the leaf. */
export const checkFilter = (condition: Condition, object: ObjectDescription): void =>
  validateCondition(condition, wordsOf(object));
