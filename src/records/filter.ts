import { validateCondition, type Condition, type ConditionFieldType } from "#kernel/condition";
import { isFactName } from "#timeline";
import { invalid } from "#kernel/refusal";
import { consentsOf, membershipOf, typeAt } from "./condition/index.ts";
import { spotOf } from "./condition/words.ts";
import type { Objects } from "./custom/described.ts";
import type { ObjectDescription } from "./object.ts";
import { objectNamed } from "./registry.ts";

export interface Words {
  field(path: string): ConditionFieldType | undefined;
  fact(name: string): boolean;
  related(name: string): Words | undefined;
  segments: boolean;
  consent(purpose: string): boolean;
}

/** What a condition about this object may speak of: own, custom and related records' fields, facts, records that point here. */
export const wordsOf = (object: ObjectDescription, objects: Objects = objectNamed): Words => ({
  field: (path) => typeAt(object, path, objects),
  fact: (name) => object.facts_by !== undefined && isFactName(name),
  segments: membershipOf(object.name) !== undefined,
  consent: (purpose) => consentsOf(object.name)?.purposes.includes(purpose) ?? false,
  related: (name) => {
    const related = object.related.find((r) => r.name === name);
    return related && wordsOf(objects(related.object), objects);
  },
});

type IsWorked = (object: ObjectDescription, name: string) => boolean;
const described: IsWorked = (object, name) => object.fields.some((f) => f.name === name && f.worked !== undefined);

/**
 * Refuses a condition that speaks of a field that is worked out when it is read: it changes as days pass and as other records change,
 * and what must know when a record begins to meet the condition would not hear of it.
 */
export function refuseWorkedOut(
  condition: Condition,
  object: ObjectDescription,
  objects: Objects,
  isWorked: IsWorked = described,
): void {
  const still = (at: ObjectDescription): Words => ({
    ...wordsOf(at, objects),
    field: (path) => {
      refuseWorked(at, path, objects, isWorked);
      return "any";
    },
    related: (name) => {
      const related = at.related.find((r) => r.name === name);
      return related && still(objects(related.object));
    },
  });
  validateCondition(condition, still(object));
}

function refuseWorked(object: ObjectDescription, path: string, objects: Objects, isWorked: IsWorked): void {
  if (typeAt(object, path, objects) === undefined) return;
  const spot = spotOf(object, path);
  if ("via" in spot) return refuseWorked(objects(spot.object), spot.rest, objects, isWorked);
  if (spot.own === "custom" && isWorked(object, `custom.${spot.keys[0]}`))
    throw invalid(path, `“${path}” is worked out where it is read, and cannot be asked here.`, "condition.worked-out");
}

/** Refuses a condition that speaks of what this object has not, naming the leaf. */
export const checkFilter = (condition: Condition, object: ObjectDescription, objects?: Objects): void =>
  validateCondition(condition, wordsOf(object, objects));
