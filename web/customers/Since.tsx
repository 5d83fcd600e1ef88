import { useLingui } from "@lingui/react";
import type { Rec } from "../records/record.ts";
import { shortDay } from "./days.ts";
import { StageChip, stageWord } from "./stages.tsx";
import { textIn } from "./values.ts";

/** "At risk since 3 Nov": the stage a customer stands in. */
export const Since = ({ record }: { record: Rec }) => {
  const { _ } = useLingui();
  const stage = textIn(record, "lifecycle_stage");
  const since = record["lifecycle_since"];
  if (!stage) return null;
  const label = _(stageWord(stage).label);
  const words = typeof since === "string" ? _("{stage} since {day}", { stage: label, day: shortDay(since) }) : label;
  return <StageChip stage={stage} words={words} />;
};
