import type { ReactNode } from "react";
import { say } from "../i18n.ts";
import type { Tone } from "#records";

export interface RingStep {
  key: string;
  name: string;
  count: number;
  tone: Tone;
}
export interface RingLink {
  from: string;
  to: string;
  /** Share 0..1 of those who were in `from` and moved on; null when nobody was. */
  rate: number | null;
  median_days: number | null;
  moved: number;
  weakest?: boolean;
  /** Said instead of a share, where the way is no share: "1.4 new each". */
  said?: string;
}
export interface RingProps {
  steps: readonly RingStep[];
  links: readonly RingLink[];
  /** The middle: how many in all, what they are, and the sideways stages as links. */
  centre: {
    count: number;
    words: string;
    aside?: readonly { key: string; name: string; count: number; tone: Tone }[];
    more?: ReactNode;
  };
  onStep: (key: string) => void;
  onLink: (link: RingLink) => void;
  /** Height of the drawing on wide screens, px. */
  height?: number;
}

/** Days as people say them, short: "6 d", "4 mo" beyond 120 days. */
export function daysWords(days: number | null): string {
  if (days === null) return "";
  if (days < 1) return say("< 1 d");
  return days <= 120 ? say("{n} d", { n: Math.round(days) }) : say("{n} mo", { n: Math.round(days / 30.4) });
}
