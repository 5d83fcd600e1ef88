import { useEffect, useState } from "react";
import type { Rule } from "#customers";
import { keepDraft, readDraft } from "../../kit/form/draft.ts";
import type { RulesTold } from "../../customers/rules.ts";

const place = "lifecycle.rules";
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const keptFor = (version: number): readonly Rule[] | undefined => {
  const kept = readDraft(place);
  return kept && kept["version"] === version && Array.isArray(kept["rules"]) ? (kept["rules"] as Rule[]) : undefined;
};

/** The rules as a person is changing them, kept over a reload until they are applied or discarded. */
export function useDraft(told: RulesTold) {
  const [rules, setRules] = useState<readonly Rule[]>(() => keptFor(told.version) ?? told.rules);
  const changed = !same(rules, told.rules);
  useEffect(
    () => keepDraft(place, changed ? { version: told.version, rules } : undefined),
    [changed, rules, told.version],
  );
  const before = new Map(told.rules.map((rule) => [rule.key, rule]));
  const kept = new Set(rules.map((rule) => rule.key));
  return {
    rules,
    changed,
    /** Whether one rule differs from the applied one of its name. */
    isChanged: (rule: Rule): boolean => !same(rule, before.get(rule.key)),
    removed: told.rules.filter((rule) => !kept.has(rule.key)).length,
    set: setRules,
    discard: () => setRules(told.rules),
  };
}
