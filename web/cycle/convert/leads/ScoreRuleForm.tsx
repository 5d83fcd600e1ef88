import { useMemo, useState, type FormEvent } from "react";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { ScoreRule } from "#convert/leads";
import { objectOf } from "../../../kit/boot.ts";
import { FigureInput } from "../../../kit/form/FigureInput.tsx";
import { GroupEditor } from "../../../records/condition/ConditionEditor.tsx";
import { asGroup, hasEmptyGroup, plain } from "../../../records/condition/edit.ts";
import { ConditionSubjectProvider } from "../../../records/condition/subject.ts";
import "../../../settings/lifecycle/lifecycle.css";

export interface ScoreRuleFormProps {
  rule: ScoreRule;
  fresh: boolean;
  taken: ReadonlySet<string>;
  onDone: (rule: ScoreRule) => void;
  onCancel: () => void;
}

const keyOf = (label: string, taken: ReadonlySet<string>): string => {
  const base = label.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, 50) || "rule"; // prettier-ignore
  for (let n = 1; ; n += 1) {
    const key = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(key)) return key;
  }
};

/** Edits one rule of the score: what people read, its points, and when it holds. */
export const ScoreRuleForm = ({ rule, fresh, taken, onDone, onCancel }: ScoreRuleFormProps) => {
  const { _ } = useLingui();
  const [label, setLabel] = useState(rule.label);
  const [points, setPoints] = useState<number | null>(rule.points);
  const [group, setGroup] = useState(rule.group);
  const [when, setWhen] = useState(asGroup(rule.when));
  const [tried, setTried] = useState(false);
  const contact = objectOf("contact");
  const subject = useMemo(
    () => contact && { object: contact, fresh: { field: "country", op: "is_set" } as const, sinceStage: false, segments: true },
    [contact],
  ); // prettier-ignore
  if (!subject) return null;
  const wrong = {
    label: label.trim() === "" ? _("Say what it means") : undefined,
    points: !points || Math.abs(points) > 100 ? _("Between -100 and 100, not 0") : undefined,
    when: hasEmptyGroup(when) ? _("Every group needs a condition") : undefined,
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.values(wrong).some(Boolean) || !points) return;
    onDone({ key: fresh ? keyOf(label, taken) : rule.key, label: label.trim(), points, group, when: plain(when) });
  };
  const shown = (error: string | undefined): string | undefined => (tried ? error : undefined);
  return (
    <form className="stack rule-form" onSubmit={submit} noValidate aria-label={fresh ? _("New rule") : rule.label}>
      <div className="lead-row">
        <TextInput data-autofocus label={_("Reason")} description={_("Stands beside the points.")} value={label} maxLength={80} error={shown(wrong.label)} onChange={(event) => setLabel(event.currentTarget.value)} />
        <FigureInput label={_("Points")} description={_("Less than 0 takes away.")} whole value={points} onChange={setPoints} error={shown(wrong.points)} />
        <NativeSelect label={_("Counts as")} description={_("Each has its own cap.")} value={group} data={[{ value: "interest", label: _("Interest: what they do") }, { value: "fit", label: _("Fit: who they are") }]} onChange={(event) => setGroup(event.currentTarget.value === "fit" ? "fit" : "interest")} />
      </div>
      <div>
        <p className="small rule-when">{_("While")}</p>
        <ConditionSubjectProvider value={subject}><GroupEditor group={when} onChange={setWhen} /></ConditionSubjectProvider>
        {shown(wrong.when) && <p className="small rule-wrong" role="alert">{wrong.when}</p>}
      </div>
      <div className="line">
        <Button type="submit">{_("Keep")}</Button>
        <Button variant="default" onClick={onCancel}>{_("Cancel")}</Button>
      </div>
    </form>
  ); // prettier-ignore
};
