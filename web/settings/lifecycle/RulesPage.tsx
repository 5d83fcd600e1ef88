import { useEffect, useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Rule } from "#customers";
import { may } from "../../kit/boot.ts";
import { Icon } from "../../kit/Icon.tsx";
import { done } from "../../kit/undo.ts";
import { ruleName } from "../../customers/rule-name.ts";
import { useRules, type RulesTold } from "../../customers/rules.ts";
import { Ask } from "../Ask.tsx";
import { Settings } from "../Settings.tsx";
import { Apply } from "./Apply.tsx";
import { RuleForm } from "./RuleForm.tsx";
import { RuleRow } from "./RuleRow.tsx";
import { useDraft } from "./useDraft.ts";
import { Versions } from "./Versions.tsx";
import "./lifecycle.css";

const blank: Rule = { key: "", from: ["identified"], to: "lead", when: { fact: "form.submitted" }, reason: "" };
const swapped = (rules: readonly Rule[], i: number, by: number): readonly Rule[] => {
  const [a, b] = [rules[i], rules[i + by]];
  return a && b ? rules.with(i, b).with(i + by, a) : rules;
};

/** Brings the rule that the address points to into view: a "why" on a timeline leads here. */
const useAnchor = (): string => {
  const [key] = useState(() => decodeURIComponent(location.hash.slice(1)));
  useEffect(() => document.getElementById(`rule-${key}`)?.scrollIntoView({ block: "center" }), [key]);
  return key;
};

const Rules = ({ told }: { told: RulesTold }) => {
  const { _ } = useLingui();
  const draft = useDraft(told);
  const [open, setOpen] = useState<number | "new">();
  const [wrong, setWrong] = useState<ReadonlyMap<number, string>>(new Map());
  const anchor = useAnchor();
  const mayChange = may("lifecycle.update");
  const { rules } = draft;
  const change = (next: readonly Rule[]): void => {
    setWrong(new Map());
    draft.set(next);
  };
  const keep = (at: number | "new", rule: Rule): void => {
    setOpen(undefined);
    change(at === "new" ? [...rules, rule] : rules.with(at, rule));
  };
  const remove = (i: number): void => {
    change(rules.toSpliced(i, 1));
    done(_("“{rule}” taken out", { rule: ruleName(rules[i]?.key ?? "") }), () => draft.set(rules));
  };
  const takenWithout = (i: number): ReadonlySet<string> =>
    new Set(rules.filter((_rule, k) => k !== i).map((rule) => rule.key));
  return (
    <>
      <ol className="rules">
        {rules.map((rule, i) => (
          <li key={rule.key} id={`rule-${rule.key}`} data-anchor={rule.key === anchor || undefined}>
            {open === i ? (
              <RuleForm rule={rule} taken={takenWithout(i)} fresh={false} onDone={(next) => keep(i, next)} onCancel={() => setOpen(undefined)} />
            ) : (
              <RuleRow
                rule={rule}
                place={i + 1}
                changed={draft.isChanged(rule)}
                wrong={wrong.get(i)}
                acts={mayChange ? {
                  edit: () => setOpen(i),
                  up: i > 0 ? () => change(swapped(rules, i, -1)) : undefined,
                  down: i < rules.length - 1 ? () => change(swapped(rules, i, 1)) : undefined,
                  remove: () => remove(i),
                } : undefined}
              />
            )}
          </li>
        ))}
        {open === "new" && (
          <li>
            <RuleForm rule={blank} taken={takenWithout(-1)} fresh onDone={(next) => keep("new", next)} onCancel={() => setOpen(undefined)} />
          </li>
        )}
      </ol>
      {mayChange && open !== "new" && (
        <Button variant="default" leftSection={<Icon name="plus" size={14} />} onClick={() => setOpen("new")}>{_("Add a rule")}</Button>
      )}
      {draft.changed && (
        <Apply rules={rules} former={told.rules} version={told.version} onDiscard={draft.discard} onApplied={() => setOpen(undefined)} onWrong={setWrong} />
      )}
      <Versions version={told.version} onRestore={mayChange ? change : undefined} />
    </>
  ); // prettier-ignore
};

/** When customers move from one stage to the next: the rules in their order, changed with a preview, kept in versions. */
export const RulesPage = () => {
  const { _ } = useLingui();
  const rules = useRules();
  const lead = _("At every fact, and whenever time makes a condition true, the first rule that fits moves the customer. Every move keeps its evidence.");
  return (
    <Settings title={_("Lifecycle rules")} lead={lead} wide>
      <Ask asked={rules}>{(told) => <Rules key={told.version} told={told} />}</Ask>
    </Settings>
  );
}; // prettier-ignore
