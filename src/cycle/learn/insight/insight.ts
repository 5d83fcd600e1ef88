import { z } from "zod";
import { describeObject, registerRecordType } from "#records";
import type { Definition } from "./match.ts";
import type { Stake } from "./figures.ts";

/*
 * Words we use
 *   insight    something the company now knows about its customers, with its evidence: a theme, a link of the ring, a segment
 *   evidence   the question and what it answered when the insight was found; frozen, so that later edits never change why we acted
 *   joined     belonging to an insight because one raised what it is about
 */
export const aboutSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("theme"), theme_id: z.uuid() }),
  z.strictObject({
    kind: z.literal("link"),
    lens: z.string().min(1).max(60),
    from: z.string().min(1).max(60),
    to: z.string().min(1).max(60),
  }),
  z.strictObject({ kind: z.literal("segment"), segment_id: z.uuid() }),
]);
export type About = z.output<typeof aboutSchema>;

interface Asked {
  /** The stretch the figures are about, half-open. */
  from: string;
  until: string;
}
export interface ThemeEvidence extends Asked {
  kind: "theme";
  theme: string;
  definition: Definition;
  people: number;
  mentions: number;
  orders: number;
  /** Orders placed in the same time. */
  base: number;
  stake: Stake;
  /** The facts that mention it, the latest first, at most 500. */
  fact_ids: string[];
}
export interface LinkEvidence extends Asked {
  kind: "link";
  lens: string;
  from_step: string;
  to_step: string;
  moved: number;
  base: number;
  rate: number | null;
  median_days: number | null;
  stuck: number;
  yearly_each: number | null;
}
export interface SegmentEvidence extends Asked {
  kind: "segment";
  segment: string;
  members: number;
  /** What the members paid in the last 365 days. */
  paid: number;
}
export type Evidence = ThemeEvidence | LinkEvidence | SegmentEvidence;

export const insight = describeObject({
  name: "insight",
  plural: "insights",
  label: "Insight",
  label_plural: "Insights",
  table: "insights",
  title: "name",
  fields: [
    { name: "name", label: "Insight", type: "text", required: true, sortable: true, shown: true },
    {
      name: "state",
      label: "State",
      type: "choice",
      computed: true,
      required: true,
      shown: true,
      choices: [
        { value: "open", label: "Open", tone: "amber" },
        { value: "in_improvement", label: "In improvement", tone: "blue" },
        { value: "closed", label: "Closed", tone: "gray" },
      ],
    },
    {
      name: "kind",
      label: "About",
      type: "choice",
      computed: true,
      required: true,
      shown: true,
      choices: [
        { value: "theme", label: "A theme", tone: "pink" },
        { value: "link", label: "A link of the ring", tone: "indigo" },
        { value: "segment", label: "A segment", tone: "violet" },
      ],
    },
    {
      name: "people",
      label: "People",
      type: "integer",
      computed: true,
      required: true,
      sortable: true,
      shown: true,
      help: "Whom the evidence is about.",
    },
    {
      name: "at_stake",
      label: "At stake",
      type: "money",
      computed: true,
      required: true,
      sortable: true,
      shown: true,
      help: "When it was found: refunded, returned, lost, and what the customers concerned pay in a year.",
    },
    { name: "owner_id", label: "Owner", type: "user", shown: true },
    {
      name: "statement",
      label: "Statement",
      type: "long_text",
      max: 4000,
      help: "What we know, in a sentence or two.",
    },
    { name: "found_at", label: "Found", type: "datetime", computed: true, required: true, sortable: true, shown: true },
    { name: "closed_reason", label: "Why it was closed", type: "text", computed: true, max: 500 },
    { name: "proposed", label: "Proposed by Rondo", type: "boolean", computed: true },
  ],
  related: [],
  search: ["name"],
  default_sort: "-found_at",
  creatable: false,
  custom: false,
});

/** An insight as a record; found by findOut, never as a bare record. */
export const insightType = registerRecordType({ object: insight, tell: () => null });
