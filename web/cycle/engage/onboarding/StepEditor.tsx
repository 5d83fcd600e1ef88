import { useMemo, type KeyboardEvent } from "react";
import { ActionIcon, Checkbox, MultiSelect, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { objectOf } from "../../../kit/boot.ts";
import { FigureInput } from "../../../kit/form/FigureInput.tsx";
import { Icon } from "../../../kit/Icon.tsx";
import { PartEditor } from "../../../records/condition/ConditionEditor.tsx";
import { ConditionSubjectProvider } from "../../../records/condition/subject.ts";
import type { Step } from "./told.ts";

interface StepEditorProps {
  step: Step;
  at: number;
  /** The steps above, for which it may wait. */
  above: readonly Step[];
  last: boolean;
  error?: string | undefined;
  onChange: (step: Step) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

const usualFact = { fact: "order.placed", times: { op: "at_least", n: 2 } } as const;

/** One step of a plan: whose it is, what shows it to be done, when it is due. Alt with the arrow keys moves it. */
export const StepEditor = ({ step, at, above, last, error, onChange, onMove, onRemove }: StepEditorProps) => {
  const { _ } = useLingui();
  const contact = objectOf("contact");
  const subject = useMemo(
    () => contact && { object: contact, fresh: usualFact, sinceStage: false, segments: false },
    [contact],
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onMove(event.key === "ArrowUp" ? -1 : 1);
  };
  const set = (change: Partial<Step>): void => onChange({ ...step, ...change });
  const become = (kind: Step["kind"]): void =>
    set({ kind, done_when: kind === "fact" ? usualFact : null, question: kind === "answer" ? step.question || step.title : "" });
  const leaf = step.done_when;
  const what = step.title || _("step {n}", { n: at + 1 });
  return (
    <li className="onboarding-step" onKeyDown={onKeyDown}>
      <div className="line">
        <TextInput className="fill" aria-label={_("Step {n}", { n: at + 1 })} placeholder={_("What is to be done")} data-step={step.key} value={step.title} maxLength={120} error={error} onChange={(event) => set({ title: event.currentTarget.value })} />
        <ActionIcon aria-label={_("Move up: {what}", { what })} disabled={at === 0} onClick={() => onMove(-1)}><Icon name="sortAsc" size={14} /></ActionIcon>
        <ActionIcon aria-label={_("Move down: {what}", { what })} disabled={last} onClick={() => onMove(1)}><Icon name="sortDesc" size={14} /></ActionIcon>
        <ActionIcon aria-label={_("Remove: {what}", { what })} onClick={onRemove}><Icon name="x" size={14} /></ActionIcon>
      </div>
      <div className="onboarding-fields">
        <NativeSelect label={_("Who does it")} value={step.owner} data={[{ value: "us", label: _("We") }, { value: "customer", label: _("The customer") }]} onChange={(event) => set({ owner: event.currentTarget.value === "us" ? "us" : "customer" })} />
        <NativeSelect label={_("Done by")} value={step.kind} data={[{ value: "manual", label: _("Saying so") }, { value: "answer", label: _("An answer") }, { value: "fact", label: _("What happens") }]} onChange={(event) => become(event.currentTarget.value as Step["kind"])} />
        <FigureInput label={_("Due after business days")} whole value={step.due_days} onChange={(due_days) => set({ due_days })} />
        <NativeSelect label={_("Counted from")} value={step.due_from} data={[{ value: "start", label: _("The start") }, { value: "ready", label: _("When it is ready") }]} onChange={(event) => set({ due_from: event.currentTarget.value === "ready" ? "ready" : "start" })} />
        <FigureInput label={_("Weight")} whole value={step.weight} onChange={(weight) => set({ weight: Math.min(100, Math.max(1, weight ?? 1)) })} />
      </div>
      {step.kind === "answer" && <TextInput label={_("Question")} maxLength={300} value={step.question} onChange={(event) => set({ question: event.currentTarget.value })} />}
      {step.kind === "fact" && leaf && "fact" in leaf && subject && <ConditionSubjectProvider value={subject}><PartEditor node={leaf} path="" onChange={(next) => next && "fact" in next && set({ done_when: next })} /></ConditionSubjectProvider>}
      {above.length > 0 && <MultiSelect label={_("Waits for")} placeholder={step.depends_on.length === 0 ? _("nothing") : ""} data={above.map((one) => ({ value: one.key, label: one.title || one.key }))} value={step.depends_on} onChange={(depends_on) => set({ depends_on })} comboboxProps={{ withinPortal: false }} clearButtonProps={{ "aria-label": _("Wait for nothing") }} />}
      <Textarea label={_("Help")} autosize maxLength={1000} value={step.help} onChange={(event) => set({ help: event.currentTarget.value })} />
      <div className="line onboarding-flags">
        <Checkbox label={_("Required")} checked={step.required} onChange={(event) => set({ required: event.currentTarget.checked })} />
        <Checkbox label={_("Brings the first value")} checked={step.first_value} onChange={(event) => set({ first_value: event.currentTarget.checked })} />
      </div>
    </li>
  );
}; // prettier-ignore
