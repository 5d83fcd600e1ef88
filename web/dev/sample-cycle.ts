import type { Tone } from "#records";
import type { RingLink, RingProps, RingStep } from "../kit/ring/Ring.tsx";
import type { Happened, KindChoice } from "../kit/timeline/Timeline.tsx";

export const now = new Date("2026-11-22T10:00:00Z");
const tones: readonly Tone[] = ["violet", "blue", "teal", "green", "green", "amber", "pink", "indigo"];
const counts = [1830, 642, 158, 912, 1341, 287, 96, 240];
const rates = [0.21, 0.34, 0.38, 0.71, 0.18, 0.29, null, 0.5];
const days = [6, 19, 24, 41, 160, 75, 12, 0.4];

const lens = (
  name: string,
  names: readonly string[],
): Pick<RingProps, "steps" | "links" | "centre"> & { name: string } => {
  const steps = names.map((step, i): RingStep => ({
    key: step,
    name: step,
    count: counts[i] ?? 0,
    tone: tones[i] ?? "gray",
  }));
  const links = names.map((step, i): RingLink => ({
    from: step,
    to: names[(i + 1) % names.length] ?? step,
    rate: rates[i] ?? null,
    median_days: days[i] ?? null,
    moved: 40 * i,
    weakest: i === 2,
  }));
  const centre = { count: 5909, words: "people in the cycle", aside: [{ key: "at_risk", name: "At risk", count: 214, tone: "red" as const }, { key: "lapsed", name: "Lapsed", count: 388, tone: "gray" as const }, { key: "won_back", name: "Won back", count: 41, tone: "teal" as const }] }; // prettier-ignore
  return { name, steps, links, centre };
};

/** Rings of three to eight steps, with names as long as the textbooks'. */
export const lenses = [
  lens("seven", ["Identification", "Acquisition", "Onboarding", "Engagement", "Retention", "Loyalty", "Advocacy"]),
  lens("three", ["Understanding", "Enriching", "Improving"]),
  lens("four", ["Marketing", "Sales", "Product", "Support"]),
  lens("five", ["Identification & targeting", "Acquisition", "Retention", "Development", "Feedback & analysis"]),
  lens("six", [
    "Customer asks",
    "Provided",
    "Paid",
    "Asked how they feel",
    "Improvement decided and acted on",
    "Repeats",
  ]),
  lens("eight", ["Identified", "Subscriber", "Lead", "Opportunity", "Customer", "Active", "Loyal", "Advocate"]),
];

export const kinds: readonly KindChoice[] = [{ key: "order", label: "Orders" }, { key: "case", label: "Cases" }, { key: "survey", label: "Feedback" }]; // prettier-ignore

export const happened: readonly Happened[] = [
  {
    id: "1",
    name: "case.opened",
    occurred_at: "2026-11-22T08:12:00Z",
    sentence: "opened case 2081: wrong lid again",
    tone: "red",
    detail: "By mail, first response due in 40 min",
  },
  {
    id: "2",
    name: "customer.stage-changed",
    occurred_at: "2026-11-03T00:00:00Z",
    sentence: "became at risk",
    tone: "amber",
    why: "No order for 61 days, and the usual gap is 28 (rule “twice the usual gap”, version 3). Evidence: order 10104, 3 Sep; order 9987, 6 Aug.",
  },
  {
    id: "3",
    name: "survey.answered",
    occurred_at: "2026-09-09T10:00:00Z",
    sentence: "answered the delivery survey: 5",
    tone: "pink",
    detail: "“Good jars, but nobody told me the delivery moved.”",
  },
  {
    id: "4",
    name: "order.delivered",
    occurred_at: "2026-09-06T10:00:00Z",
    sentence: "order 10104 delivered, 3 days late",
    tone: "teal",
    detail: "3 lines, €1,240",
  },
  {
    id: "5",
    name: "order.placed",
    occurred_at: "2025-09-03T10:00:00Z",
    sentence: "ordered 3 lines for €1,240",
    tone: "teal",
  },
];
