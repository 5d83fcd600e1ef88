import type { AnswerTold, Figures, Results, SurveysApi } from "#learn/feedback";
import { client } from "../../../kit/client.ts";
import { count, percent } from "../../../kit/format.ts";

export type { AnswerTold, Figures, Results };

/** The surveys' own questions to the server. */
export const surveys = () => client<SurveysApi>("surveys");

/** A score of -100 to 100 with its sign, rounded to whole points. */
export const points = (value: number): string => {
  const whole = Math.round(value);
  return whole < 0 ? `−${count(-whole)}` : whole > 0 ? `+${count(whole)}` : "0";
};

/** The figure as it is spoken of: "+30 ± 8" or "71 %"; a dash without answers. */
export function spoken(figures: Figures): string {
  if (figures.kind === "nps")
    return figures.value === null ? "–" : `${points(figures.value)} ± ${count(Math.round(figures.margin ?? 0))}`;
  return figures.share ? percent(figures.share.value) : "–";
}

/** The figure and its interval between 0 and 1, for a picture; null without answers. */
export function placed(figures: Figures): { at: number; low: number; high: number } | null {
  if (figures.kind === "csat") return figures.share && { at: figures.share.value, low: figures.share.low, high: figures.share.high }; // prettier-ignore
  if (figures.value === null || figures.margin === null) return null;
  const share = (value: number): number => (Math.max(-100, Math.min(100, value)) + 100) / 200;
  return { at: share(figures.value), low: share(figures.value - figures.margin), high: share(figures.value + figures.margin) }; // prettier-ignore
}

/** Which of three bands a score is in. */
export const toneOf = (kind: "nps" | "csat", score: number): "red" | "gray" | "green" =>
  score <= (kind === "nps" ? 6 : 2) ? "red" : score >= (kind === "nps" ? 9 : 4) ? "green" : "gray";
