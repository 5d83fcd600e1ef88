import { describeObject } from "../object.ts";
import { registerRecordType } from "../registry.ts";

/*
 * Words we use
 *   reason    why something went wrong or nowhere, in the company's own words; one taxonomy for all, so that a broken lid is one theme
 *             whether it came as a case, a return or a lost deal
 *   use       what a reason can explain
 *   retired   no longer offered; what it explained keeps it
 */
export const reasonUses = ["case", "return", "refund", "lost", "unqualified", "churn"] as const;
export type ReasonUse = (typeof reasonUses)[number];

export interface Reason {
  id: string;
  label: string;
  applies_to: ReasonUse[];
  parent_id: string | null;
  /** The label of the group it belongs to. */
  parent: string | null;
  position: number;
  active: boolean;
  version: number;
}

/** The uses are not among the fields: they are several, which no condition asks for yet. */
export const reasonType = registerRecordType({
  object: describeObject({
    name: "reason",
    plural: "reasons",
    label: "Reason",
    label_plural: "Reasons",
    table: "reasons",
    title: "label",
    fields: [
      { name: "label", label: "Reason", type: "text", required: true, max: 100, shown: true },
      { name: "parent_id", label: "Part of", type: "relation", to: "reason", shown: true },
      { name: "active", label: "Offered", type: "boolean", shown: true },
    ],
    related: [],
    search: [],
    page: false,
    default_sort: "label",
    creatable: false,
    custom: false,
  }),
  tell: () => null,
});
