import type { Choice, Field } from "#records";

/*
 * Words we use
 *   band   where a customer stands among all who bought: recency, frequency and money from 1 (least) to 5, and a name for the corner of
 *          recency and frequency they stand in (RFM)
 */
interface Band extends Choice {
  /** A condition over r and f; the first band that holds is the customer's. */
  readonly when: string;
}

// The corners partition the grid: the last one takes what is left.
export const bands: readonly Band[] = [
  { value: "champion", label: "Champion", tone: "green", when: "r >= 4 and f >= 4" },
  { value: "loyal", label: "Loyal", tone: "teal", when: "(r >= 4 and f = 3) or (r = 3 and f >= 4)" },
  { value: "promising", label: "Promising", tone: "blue", when: "r >= 4 and f = 2" },
  { value: "new", label: "New", tone: "violet", when: "r >= 4" },
  { value: "attention", label: "Needs attention", tone: "amber", when: "r = 3 and f >= 2" },
  { value: "fading", label: "Fading", tone: "gray", when: "r = 3" },
  { value: "cannot_lose", label: "Cannot lose", tone: "red", when: "f >= 4" },
  { value: "cooling", label: "Cooling", tone: "amber", when: "r = 2 and f >= 2" },
  { value: "asleep", label: "Asleep", tone: "gray", when: "true" },
];

/** Fields of a contact that follow from how it compares with the others; nobody sets them. */
export const bandFields: readonly Field[] = [
  {
    name: "rfm_band",
    label: "Band",
    type: "choice",
    choices: bands.map(({ value, label, tone }) => ({ value, label, ...(tone ? { tone } : {}) })),
    computed: true,
    help: "By recency and frequency among all who bought.",
  },
  { name: "rfm_recency", label: "Recency, 1 to 5", type: "integer", computed: true },
  { name: "rfm_frequency", label: "Frequency, 1 to 5", type: "integer", computed: true },
  { name: "rfm_money", label: "Money, 1 to 5", type: "integer", computed: true },
];
