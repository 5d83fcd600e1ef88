import type { Condition, FieldLeaf } from "#kernel/condition";

/*
 * Words we use
 *   chip    one part of a filter: a field leaf that a person can change, or any other condition, shown and removed as a whole
 *   group   chips of which one must hold ("or"); all groups of a filter must hold ("and")
 */
export type Chip = FieldLeaf | Condition;
export type Group = readonly Chip[];

/** Whether a chip is a field leaf. */
export const isField = (chip: Chip): chip is FieldLeaf => "field" in chip;

const isSimple = (node: Condition): boolean => !("all" in node || "any" in node || "not" in node);

/** A condition as groups of chips; what is nested deeper stays one chip. */
export function groupsOf(condition: Condition | undefined): readonly Group[] {
  if (!condition) return [];
  const parts = "all" in condition ? condition.all : [condition];
  return parts.map((part): Group =>
    "any" in part && part.any.every(isSimple) && part.any.length > 0 ? part.any : [part],
  );
}

/** The condition that groups of chips stand for; undefined for none, and no needless nesting. */
export function conditionOf(groups: readonly Group[]): Condition | undefined {
  const parts = groups
    .filter((group) => group.length > 0)
    .map((group): Condition => (group.length === 1 && group[0] ? group[0] : { any: [...group] }));
  return parts.length > 1 ? { all: parts } : parts[0];
}

/** Two conditions that must both hold. */
export const both = (a: Condition | undefined, b: Condition | undefined): Condition | undefined =>
  a && b ? { all: [a, b] } : (a ?? b);

/** The filter with one more condition that must hold. */
export const narrowed = (filter: Condition | undefined, by: Condition): Condition =>
  conditionOf([...groupsOf(filter), [by]]) ?? by;
