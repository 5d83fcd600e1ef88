import { useMemo, useState, type FormEvent } from "react";
import { Button, MultiSelect, Select, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Rule } from "#customers";
import { ruleKey, ruleName } from "../../customers/rule-name.ts";
import { stageWords } from "../../customers/stages.tsx";
import { GroupEditor } from "../../records/condition/ConditionEditor.tsx";
import { asGroup, hasEmptyGroup, plain } from "../../records/condition/edit.ts";
import { ConditionSubjectProvider } from "../../records/condition/subject.ts";
import { ruleSubject } from "./vocabulary.ts";

export interface RuleFormProps {
  rule: Rule;
  /** Keys of the other rules. */
  taken: ReadonlySet<string>;
  fresh: boolean;
  onDone: (rule: Rule) => void;
  onCancel: () => void;
}

type Stage = Rule["to"];

/** Edits one rule: from where to where, when, and the reason people read. */
export const RuleForm = ({ rule, taken, fresh, onDone, onCancel }: RuleFormProps) => {
  const { _ } = useLingui();
  const [name, setName] = useState(fresh ? "" : ruleName(rule.key));
  const [from, setFrom] = useState<readonly string[]>(rule.from === "any" ? [] : rule.from);
  const [to, setTo] = useState<string | null>(rule.to);
  const [when, setWhen] = useState(asGroup(rule.when));
  const [reason, setReason] = useState(rule.reason);
  const [tried, setTried] = useState(false);
  const subject = useMemo(() => ruleSubject(), []);
  const stages = stageWords().map((stage) => ({ value: stage.value, label: _(stage.label) }));
  const wrong = {
    name: name.trim() === "" ? _("Give the rule a name") : undefined,
    from: to !== null && from.includes(to) ? _("A rule leads to another stage than it starts from") : undefined,
    to: to === null ? _("Choose a stage") : undefined,
    reason: reason.trim().length < 3 ? _("Say why, in words that people read") : undefined,
    when: hasEmptyGroup(when) ? _("Every group needs a condition") : undefined,
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (to === null || Object.values(wrong).some(Boolean)) return;
    const key = !fresh && name === ruleName(rule.key) ? rule.key : ruleKey(name, taken);
    onDone({ key, from: from.length > 0 ? (from as Stage[]) : "any", to: to as Stage, when: plain(when), reason: reason.trim() });
  };
  const shown = (error: string | undefined): string | undefined => (tried ? error : undefined);
  return (
    <form className="stack rule-form" onSubmit={submit} noValidate aria-label={fresh ? _("New rule") : ruleName(rule.key)}>
      <div className="rule-fields">
        <TextInput data-autofocus label={_("Name")} value={name} maxLength={60} error={shown(wrong.name)} onChange={(event) => setName(event.currentTarget.value)} />
        <MultiSelect label={_("From")} data={stages} value={[...from]} onChange={setFrom} placeholder={from.length === 0 ? _("any stage") : ""} error={shown(wrong.from)} />
        <Select label={_("To")} data={stages} value={to} onChange={setTo} error={shown(wrong.to)} />
      </div>
      <div>
        <p className="small rule-when">{_("When")}</p>
        <ConditionSubjectProvider value={subject}><GroupEditor group={when} onChange={setWhen} /></ConditionSubjectProvider>
        {shown(wrong.when) && <p className="small rule-wrong" role="alert">{wrong.when}</p>}
      </div>
      <TextInput
        label={_("Reason")}
        description={_("Stands beside every move. '{days}' becomes the days of silence, '{gap}' the usual gap in days, '{count}' how often it happened.")}
        value={reason}
        maxLength={200}
        error={shown(wrong.reason)}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="line">
        <Button type="submit">{_("Keep")}</Button>
        <Button variant="default" onClick={onCancel}>{_("Cancel")}</Button>
      </div>
    </form>
  );
}; // prettier-ignore
