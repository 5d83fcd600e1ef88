import type { Choice } from "#records";

/*
 * Words we use
 *   stage      where a customer stands in the lifecycle; computed from facts, never typed in without a reason
 *   sideways   at_risk, lapsed, won_back: off the straight way from identified to advocate
 */
export const stages = [
  "identified", "subscriber", "lead", "opportunity", "customer", "active", "loyal", "advocate", "at_risk", "lapsed", "won_back",
] as const; // prettier-ignore
export type Stage = (typeof stages)[number];

export const subjects = ["contact", "account"] as const;
export type SubjectKind = (typeof subjects)[number];

/** Whether the text names a stage of this version. */
export const isStage = (text: string): text is Stage => (stages as readonly string[]).includes(text);

export const stageChoices: readonly (Choice & { value: Stage })[] = [
  { value: "identified", label: "Identified", tone: "violet" },
  { value: "subscriber", label: "Subscriber", tone: "violet" },
  { value: "lead", label: "Lead", tone: "blue" },
  { value: "opportunity", label: "Opportunity", tone: "blue" },
  { value: "customer", label: "Onboarding", tone: "teal" },
  { value: "active", label: "Active", tone: "green" },
  { value: "loyal", label: "Loyal", tone: "amber" },
  { value: "advocate", label: "Advocate", tone: "pink" },
  { value: "at_risk", label: "At risk", tone: "red" },
  { value: "lapsed", label: "Lapsed", tone: "gray" },
  { value: "won_back", label: "Won back", tone: "indigo" },
];

/** The stage's name as people read it. */
export const stageLabel = (stage: string): string => stageChoices.find((c) => c.value === stage)?.label ?? stage;
