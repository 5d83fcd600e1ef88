import { invalid } from "../refusal.ts";
import type { Condition, FactLeaf, FieldLeaf } from "./condition.ts";
import { kindOf, leafProblem, type ConditionFieldType } from "./kind.ts";

/** What a condition about one kind of subject may speak of. */
export interface ConditionVocabulary {
  /** The type of a field ("email", "account.name", "custom.tier"); undefined when there is none. */
  field(path: string): ConditionFieldType | undefined;
  /** Whether there are facts of that name about this subject. */
  fact(name: string): boolean;
  /** The vocabulary of the related records; undefined when there is no such relation. */
  related(name: string): ConditionVocabulary | undefined;
  /** Whether such subjects are put into segments; not unless said. */
  segments?: boolean;
  /** Whether such subjects are asked for consent to that purpose; not unless said. */
  consent?(purpose: string): boolean;
}

const under = (path: string, step: string): string => (path === "" ? step : `${path}.${step}`);

// A payload's fields are known only when met.
const payload: ConditionVocabulary = {
  field: () => "any",
  fact: () => false,
  related: () => undefined,
};

function checkField(leaf: FieldLeaf, vocabulary: ConditionVocabulary, path: string): void {
  const type = vocabulary.field(leaf.field);
  if (type === undefined)
    throw invalid(under(path, "field"), `There is no field "${leaf.field}" here.`, "condition.unknown-field");
  const problem = leafProblem(leaf, type);
  if (problem) throw invalid(under(path, "value"), problem, "condition.value");
}

function checkName(name: string, at: string, vocabulary: ConditionVocabulary): void {
  if (!vocabulary.fact(name)) throw invalid(at, `There is no fact "${name}" here.`, "condition.unknown-fact");
}

function checkWindow(leaf: FactLeaf, vocabulary: ConditionVocabulary, path: string): void {
  const { within } = leaf;
  if (within === undefined || "last" in within) return;
  if ("since_field" in within) {
    const at = under(path, "within.since_field");
    const type = vocabulary.field(within.since_field);
    if (type === undefined)
      throw invalid(at, `There is no field "${within.since_field}" here.`, "condition.unknown-field");
    if (!["day", "instant", "any"].includes(kindOf(type)))
      throw invalid(at, `"${within.since_field}" holds no time.`, "condition.value");
    return;
  }
  if (within.from !== undefined && within.until !== undefined && Date.parse(within.from) >= Date.parse(within.until))
    throw invalid(under(path, "within"), "The window ends before it begins.", "condition.value");
}

function check(node: Condition, vocabulary: ConditionVocabulary, path: string): void {
  if ("all" in node) return node.all.forEach((c, i) => check(c, vocabulary, under(path, `all.${i}`)));
  if ("any" in node) return node.any.forEach((c, i) => check(c, vocabulary, under(path, `any.${i}`)));
  if ("not" in node) return check(node.not, vocabulary, under(path, "not"));
  if ("field" in node) return checkField(node, vocabulary, path);
  if (vocabulary === payload)
    throw invalid(path, "What is asked of a fact's payload can only be all, any, not and fields.", "condition.payload");
  if ("fact" in node) {
    checkName(node.fact, under(path, "fact"), vocabulary);
    checkWindow(node, vocabulary, path);
    return node.where && check(node.where, payload, under(path, "where"));
  }
  if ("last" in node) {
    checkName(node.last, under(path, "last"), vocabulary);
    return check(node.where, payload, under(path, "where"));
  }
  if ("quiet" in node) return checkName(node.quiet, under(path, "quiet"), vocabulary);
  if ("sample" in node) return undefined;
  if ("segment" in node) {
    if (!vocabulary.segments) throw invalid(under(path, "segment"), "There are no segments here.", "condition.segment");
    return undefined;
  }
  if ("consent" in node) {
    if (!vocabulary.consent?.(node.consent))
      throw invalid(
        under(path, "consent"),
        `Nobody is asked for consent to "${node.consent}" here.`,
        "condition.consent",
      );
    return undefined;
  }
  const related = vocabulary.related(node.related);
  if (related === undefined)
    throw invalid(under(path, "related"), `There is no relation "${node.related}" here.`, "condition.unknown-relation");
  return node.where && check(node.where, related, under(path, "where"));
}

/** Refuses a condition that speaks of what is not there, or asks a field what its type cannot answer; names the wrong leaf's path. @throws Refused "invalid". */
export const validateCondition = (condition: Condition, vocabulary: ConditionVocabulary): void =>
  check(condition, vocabulary, "");
