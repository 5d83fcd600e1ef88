import type { Condition, FactLeaf, Within } from "#kernel/condition";

/*
 * Words we use
 *   group   all or any of some conditions; "not" stands before one condition
 */
export type Group = { all: Condition[] } | { any: Condition[] };
export type GroupKind = "all" | "any";

/** Whether a condition is a group. */
export const isGroup = (node: Condition): node is Group => "all" in node || "any" in node;

/** The parts of a group. */
export const partsOf = (group: Group): readonly Condition[] => ("all" in group ? group.all : group.any);

/** Which of its parts must hold. */
export const kindOf = (group: Group): GroupKind => ("all" in group ? "all" : "any");

/** A group of the given kind. */
export const groupOf = (kind: GroupKind, parts: readonly Condition[]): Group =>
  kind === "all" ? { all: [...parts] } : { any: [...parts] };

/** The group with one part exchanged; without it when there is no other. */
export const withPart = (group: Group, at: number, part: Condition | undefined): Group =>
  groupOf(kindOf(group), part ? partsOf(group).with(at, part) : partsOf(group).toSpliced(at, 1));

/** A condition ready to be extended: itself when it is a group, a group around it otherwise. */
export const asGroup = (node: Condition): Group => (isGroup(node) ? node : { all: [node] });

/** A group of one part is that part: nothing is nested without need. */
export const plain = (node: Condition): Condition => {
  if (!isGroup(node)) return "not" in node ? { not: plain(node.not) } : node;
  const parts = partsOf(node).map(plain);
  const [only] = parts;
  return parts.length === 1 && only ? only : groupOf(kindOf(node), parts);
};

/** Whether a group stands somewhere without a part: it would be always, or never, true. */
export const hasEmptyGroup = (node: Condition): boolean =>
  isGroup(node)
    ? partsOf(node).length === 0 || partsOf(node).some(hasEmptyGroup)
    : "not" in node
      ? hasEmptyGroup(node.not)
      : false;

export type When = "ever" | "last" | "since" | "between";

/** How a fact leaf is bounded in time. */
export const whenOf = (within: Within | undefined): When =>
  within === undefined ? "ever" : "last" in within ? "last" : "since_field" in within ? "since" : "between";

/** The fact leaf with another bound in time, its other parts kept; absent parts stay absent. */
export function withWhen(leaf: FactLeaf, when: When): FactLeaf {
  const { within: _before, ...rest } = leaf;
  if (when === "last") return { ...rest, within: { last: { n: 365, unit: "day" } } };
  if (when === "since") return { ...rest, within: { since_field: "stage_since" } };
  return when === "between" && leaf.within ? { ...rest, within: leaf.within } : rest;
}
