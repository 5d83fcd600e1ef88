import { TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { SampleLeaf } from "#kernel/condition";
import { FigureInput } from "../../kit/form/FigureInput.tsx";

/** Edits "a stable random part of 10 %": the same name draws the same ones every time. */
export const SampleEditor = ({ leaf, onChange }: { leaf: SampleLeaf; onChange: (leaf: SampleLeaf) => void }) => {
  const { _ } = useLingui();
  const { percent, salt } = leaf.sample;
  return (
    <div className="cond-line">
      <span>{_("belongs to a random part of")}</span>
      <FigureInput aria-label={_("Percent")} w={72} value={percent} onChange={(n) => onChange({ sample: { salt, percent: Math.min(100, Math.max(0, n ?? 0)) } })} />
      <span>{_("% drawn by")}</span>
      <TextInput aria-label={_("Name of the draw")} w={110} maxLength={60} value={salt} onChange={(event) => onChange({ sample: { percent, salt: event.currentTarget.value } })} />
    </div>
  ); // prettier-ignore
};
