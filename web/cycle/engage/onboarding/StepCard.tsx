import { ActionIcon, Button, Menu } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { may } from "../../../kit/boot.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { instant } from "../../../kit/format.ts";
import { shortDay } from "../../../customers/days.ts";
import type { StepShown, Told } from "./told.ts";

export type Asked = "skip" | "not_applicable" | "answer";
interface StepCardProps {
  step: StepShown;
  told: Told;
  onAct: (act: "begin" | "done" | "reopen") => void;
  onAsk: (asked: Asked) => void;
}

const useStand = () => {
  const { _ } = useLingui();
  return (step: StepShown, all: readonly StepShown[]): { tone: string; said: string } => {
    const late = step.due_at !== null && Date.parse(step.due_at) < Date.now();
    const due = step.due_at === null ? "" : _("due {day}", { day: shortDay(step.due_at) });
    switch (step.state) {
      case "done":
        return { tone: "green", said: step.done_at ? _("done {when}", { when: instant(step.done_at) }) : _("done") };
      case "skipped":
        return { tone: "gray", said: _("skipped: {reason}", { reason: step.reason ?? "" }) };
      case "not_applicable":
        return { tone: "gray", said: _("does not apply: {reason}", { reason: step.reason ?? "" }) };
      case "blocked": {
        const waits = all.filter((one) => step.depends_on.includes(one.key) && !["done", "skipped", "not_applicable"].includes(one.state)); // prettier-ignore
        return { tone: "gray", said: _("waits for {steps}", { steps: waits.map((one) => one.title).join(", ") }) };
      }
      case "in_progress":
        return { tone: late ? "red" : "blue", said: due === "" ? _("in progress") : _("in progress, {due}", { due }) };
      case "ready":
        return { tone: late ? "red" : "amber", said: due === "" ? _("ready") : _("ready, {due}", { due }) };
    }
  };
};

const Proof = ({ step }: { step: StepShown }) => {
  const { _ } = useLingui();
  const { evidence } = step;
  if (!evidence)
    return step.done_by ? <p className="quiet small">{_("said by {name}", { name: step.done_by })}</p> : null;
  return (
    <p className="small">
      {_("Shown by: {what}, {when}", { what: evidence.sentence, when: instant(evidence.occurred_at) })}
      {evidence.withdrawn && <span className="quiet"> · {_("taken back since")}</span>}
    </p>
  ); // prettier-ignore
};

/** One step: whose it is and how it stands, what shows it to be done, and what can be done with it. */
export const StepCard = ({ step, told, onAct, onAsk }: StepCardProps) => {
  const { _ } = useLingui();
  const { tone, said } = useStand()(step, told.steps);
  const open = step.state === "blocked" || step.state === "ready" || step.state === "in_progress";
  const acts = may("onboardings.update") && told.status !== "ended";
  const byHand = step.kind !== "fact" && step.state !== "blocked" && open;
  return (
    <li className="onboarding-step" data-state={step.state}>
      <div className="line">
        <span className="fill">
          <strong><bdi>{step.title}</bdi></strong>
          {step.first_value && <span className="quiet small"> · {_("first value")}</span>}
          {!step.required && <span className="quiet small"> · {_("optional")}</span>}
        </span>
        {acts && (
          <span className="line">
            {byHand && step.owner === "us" && step.state === "ready" && <Button size="compact-sm" variant="subtle" onClick={() => onAct("begin")} aria-label={_("Begin: {step}", { step: step.title })}>{_("Begin")}</Button>}
            {byHand && <Button size="compact-sm" variant="default" onClick={() => (step.kind === "answer" ? onAsk("answer") : onAct("done"))} aria-label={step.kind === "answer" ? _("Answer…: {step}", { step: step.title }) : _("Done: {step}", { step: step.title })}>{step.kind === "answer" ? _("Answer…") : _("Done")}</Button>}
            {(open || !step.evidence) && (
              <Menu position="bottom-end">
                <Menu.Target><ActionIcon aria-label={_("More for {what}", { what: step.title })}><Icon name="more" /></ActionIcon></Menu.Target>
                <Menu.Dropdown>
                  {open && <Menu.Item onClick={() => onAsk("skip")}>{_("Skip…")}</Menu.Item>}
                  {open && <Menu.Item onClick={() => onAsk("not_applicable")}>{_("Does not apply…")}</Menu.Item>}
                  {step.state !== "blocked" && step.state !== "ready" && <Menu.Item onClick={() => onAct("reopen")}>{_("Open again")}</Menu.Item>}
                </Menu.Dropdown>
              </Menu>
            )}
          </span>
        )}
      </div>
      <p className="line small" data-tone={tone}><span className="dot" /> <bdi>{said}</bdi></p>
      {open && step.help && <p className="quiet small">{step.help}</p>}
      {step.answer && <p className="onboarding-answer"><span className="quiet small">{step.question}</span> <bdi>{step.answer}</bdi></p>}
      <Proof step={step} />
    </li>
  ); // prettier-ignore
};
