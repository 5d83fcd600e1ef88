import type { Field } from "#records";
import { stageChoices } from "./stage.ts";

/** Fields of contacts and accounts that the lifecycle consumer derives from facts; nobody sets them. */
export const derivedFields: readonly Field[] = [
  {
    name: "lifecycle_stage",
    label: "Stage",
    type: "choice",
    choices: stageChoices,
    computed: true,
    required: true,
    shown: true,
  },
  { name: "lifecycle_since", label: "In this stage since", type: "datetime", computed: true, required: true },
  {
    name: "paid_total",
    label: "Paid",
    type: "money",
    computed: true,
    required: true,
    sortable: true,
    shown: true,
    help: "Received minus refunded, in the company's currency.",
  },
  { name: "order_count", label: "Orders", type: "integer", computed: true, required: true, shown: true },
  { name: "last_order_at", label: "Last order", type: "datetime", computed: true, sortable: true, shown: true },
  { name: "first_order_at", label: "First order", type: "datetime", computed: true },
  { name: "returned_total", label: "Returned", type: "money", computed: true, required: true },
  {
    name: "usual_gap_days",
    label: "Usual gap between orders",
    type: "number",
    computed: true,
    help: "The median number of days between days with an order; empty with fewer than three.",
  },
  { name: "last_act", label: "Last act", type: "text", computed: true },
];
