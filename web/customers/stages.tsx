import type { Tone } from "#records";
import { objectOf } from "../kit/boot.ts";
import { say } from "../kit/i18n.ts";

export interface StageWord {
  value: string;
  label: string;
  tone: Tone;
}

/** The stages of the lifecycle in their order, from the description of contacts. */
export const stageWords = (): readonly StageWord[] =>
  (objectOf("contact")?.fields.find((field) => field.name === "lifecycle_stage")?.choices ?? []).map((choice) => ({
    value: choice.value,
    label: choice.label,
    tone: choice.tone ?? "neutral",
  }));

/** How a stage is called and coloured; its own key when this server has none of that name. */
export const stageWord = (stage: string): StageWord =>
  stageWords().find((word) => word.value === stage) ?? {
    value: stage,
    label: stage.replaceAll("_", " "),
    tone: "neutral",
  };

/** A stage as a dot and its word. */
export const StageChip = ({ stage, words }: { stage: string; words?: string }) => {
  const { label, tone } = stageWord(stage);
  return (
    <span className="chip" data-tone={tone}>
      <span className="dot" />
      {words ?? say(label)}
    </span>
  );
};
