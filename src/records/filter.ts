import { validateCondition, type Condition } from "#kernel/condition";
import { isFactName, vocabulary } from "#timeline";
import { fieldOf, type FieldType, type ObjectDescription } from "./object.ts";
import { objectNamed } from "./registry.ts";

export interface Words {
  field(path: string): FieldType | undefined;
  fact(name: string): boolean;
  related(name: string): Words | undefined;
}

/** What a condition about this object may speak of: own, custom and related records' fields, facts, records that point here. */
export function wordsOf(object: ObjectDescription): Words {
  return {
    field: (path) => typeOfPath(object, path),
    fact: (name) => object.facts_by !== undefined && isFactName(name) && name in vocabulary,
    related: (name) => {
      const related = object.related.find((r) => r.name === name);
      return related && wordsOf(objectNamed(related.object));
    },
  };
}

function typeOfPath(object: ObjectDescription, path: string): FieldType | undefined {
  const [head, ...rest] = path.split(".") as [string, ...string[]];
  if (rest.length === 0) return fieldOf(object, path)?.type;
  if (head === "custom") return object.custom && rest.length === 1 ? "text" : undefined;
  const relation = object.fields.find((f) => f.type === "relation" && f.name === `${head}_id`);
  return relation?.to && rest.length === 1 ? fieldOf(objectNamed(relation.to), rest[0]!)?.type : undefined;
}

/** Refuses a condition that speaks of what this object has not, naming the leaf. */
export const checkFilter = (condition: Condition, object: ObjectDescription): void => validateCondition(condition, wordsOf(object));
