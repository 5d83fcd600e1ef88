import { useState } from "react";
import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { Lens, Step } from "#customers";
import { Icon } from "../../kit/Icon.tsx";
import { moved } from "../../kit/grid/column.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { StageChip, stageWords } from "../../customers/stages.tsx";
import { lenses } from "./api.ts";
import { companyActs, freshKey, gatherSteps, placesOf, whatIsWrong } from "./steps.ts";
import { factWord } from "./vocabulary.ts";

type Tone = Step["tone"];
const tones: readonly Tone[] = ["violet", "blue", "teal", "green", "indigo", "amber", "pink", "red", "gray"];

const asChange = (lens: Pick<Lens, "name" | "steps">) => ({
  name: lens.name,
  steps: lens.steps.map(({ acts, ...step }) => ({ ...step, stages: [...step.stages], ...(acts ? { acts: [...acts] as (typeof companyActs)[number][] } : {}) })),
}); // prettier-ignore

const StepRow = ({ step, first, last, onChange, onMove, onRemove }: { step: Step; first: boolean; last: boolean; onChange: (step: Step) => void; onMove: (by: number) => void; onRemove: (() => void) | undefined }) => {
  const { _ } = useLingui();
  const name = step.name || step.key;
  return (
    <li className="line step-row" data-tone={step.tone}>
      <span className="dot" />
      <TextInput className="fill" aria-label={_("Name of the step")} value={step.name} maxLength={60} onChange={(event) => onChange({ ...step, name: event.currentTarget.value })} />
      <NativeSelect aria-label={_("Colour of {step}", { step: name })} value={step.tone} onChange={(event) => onChange({ ...step, tone: event.currentTarget.value as Tone })} data={tones.map((tone) => ({ value: tone, label: _(tone) }))} />
      <ActionIcon aria-label={_("Move {step} up", { step: name })} disabled={first} onClick={() => onMove(-1)}><Icon name="sortAsc" /></ActionIcon>
      <ActionIcon aria-label={_("Move {step} down", { step: name })} disabled={last} onClick={() => onMove(1)}><Icon name="sortDesc" /></ActionIcon>
      <ActionIcon aria-label={_("Remove {step}", { step: name })} disabled={!onRemove} onClick={onRemove}><Icon name="trash" /></ActionIcon>
    </li>
  );
}; // prettier-ignore

/** Edits a lens: its steps in order, and for every stage the one step it stands in, so that nobody can fall between steps. */
export const LensEditor = ({ lens, onClose }: { lens: Lens; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  // What the form was filled from: its version is what makes a conflict seen.
  const [seen] = useState(lens);
  const [name, setName] = useState(lens.name);
  const [steps, setSteps] = useState<readonly Step[]>(lens.steps);
  const [places, setPlaces] = useState(placesOf(lens.steps));
  const [failed, setFailed] = useState("");
  const [busy, setBusy] = useState(false);
  const stages = stageWords().map((stage) => stage.value);
  const gathered = gatherSteps(steps, places, stages, companyActs);
  const wrong = name.trim() === "" ? _("The lens needs a name.") : whatIsWrong(gathered);
  const order = (key: string, by: number): void => {
    const keys = moved(steps.map((step) => step.key), key, by);
    setSteps(keys.flatMap((one) => steps.filter((step) => step.key === one)));
  }; // prettier-ignore
  const place = (what: string, key: string): void => setPlaces(new Map([...places, [what, key]]));
  const options = steps.map((step) => ({ value: step.key, label: step.name || step.key }));
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const again = () => Promise.all([["lenses"], ["cycle"]].map((queryKey) => cache.invalidateQueries({ queryKey })));
      const { version = 1 } = await lenses().change({ key: seen.key, version: seen.version ?? 1, ...asChange({ name: name.trim(), steps: gathered }) });
      await again();
      done(_("Lens “{name}” changed", { name }), () => lenses().change({ key: seen.key, version, ...asChange(seen) }).then(again));
      onClose();
    } catch (thrown) {
      setFailed(sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="stack lens-form" noValidate onSubmit={(event) => { event.preventDefault(); if (!wrong && !busy) void save(); }}>
      <TextInput label={_("Name of the lens")} value={name} maxLength={60} onChange={(event) => setName(event.currentTarget.value)} />
      <div className="lens-columns">
        <section aria-label={_("Steps, in order")}>
          <h3 className="part-title">{_("Steps, in order")}</h3>
          <ol>
            {steps.map((step, i) => (
              <StepRow key={step.key} step={step} first={i === 0} last={i === steps.length - 1} onChange={(next) => setSteps(steps.with(i, next))} onMove={(by) => order(step.key, by)} onRemove={steps.length > 2 ? () => setSteps(steps.toSpliced(i, 1)) : undefined} />
            ))}
          </ol>
          {steps.length < 12 && (
            <Button variant="subtle" leftSection={<Icon name="plus" size={14} />} onClick={() => setSteps([...steps, { key: freshKey(steps), name: "", tone: "gray", stages: [] }])}>{_("Add a step")}</Button>
          )}
        </section>
        <section aria-label={_("Where each stage stands")}>
          <h3 className="part-title">{_("Where each stage stands")}</h3>
          <ul>
            {stages.map((stage) => (
              <li key={stage} className="line place-row">
                <span className="fill"><StageChip stage={stage} /></span>
                <NativeSelect aria-label={_("Step of {stage}", { stage })} value={places.get(stage) ?? options[0]?.value ?? ""} onChange={(event) => place(stage, event.currentTarget.value)} data={options} />
              </li>
            ))}
          </ul>
          <h3 className="part-title">{_("Whose last act was")}</h3>
          <ul>
            {companyActs.map((act) => (
              <li key={act} className="line place-row">
                <span className="fill">{factWord(act)}</span>
                <NativeSelect aria-label={_("Step of “{act}”", { act: factWord(act) })} value={places.get(act) ?? ""} onChange={(event) => place(act, event.currentTarget.value)} data={[{ value: "", label: _("by their stage") }, ...options]} />
              </li>
            ))}
          </ul>
        </section>
      </div>
      <div role="alert">{(wrong ?? failed) && <p className="rule-wrong">{wrong ?? failed}</p>}</div>
      <div className="line">
        <Button type="submit" loading={busy} disabled={wrong !== undefined}>{_("Save")}</Button>
        <Button variant="default" onClick={onClose}>{_("Cancel")}</Button>
      </div>
    </form>
  );
}; // prettier-ignore
