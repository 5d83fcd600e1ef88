import { sql } from "kysely";
import { product } from "#convert/catalog";
import { order } from "#deliver/orders";
import { notFound, Refused } from "#kernel/refusal";
import type { Ctx, Tx } from "#platform/context";
import { describeObject, registerRecordType } from "#records";
import type { Step, StepState } from "./step.ts";

export const onboarding = describeObject({
  name: "onboarding",
  plural: "onboardings",
  label: "Onboarding",
  label_plural: "Onboardings",
  table: "onboardings",
  title: "plan",
  fields: [
    { name: "contact_id", label: "Customer", type: "relation", to: "contact", computed: true, shown: true },
    { name: "plan", label: "Plan", type: "text", computed: true, required: true, shown: true },
    {
      name: "status", label: "Status", type: "choice", computed: true, required: true, shown: true,
      choices: [{ value: "stalled", label: "Stalled", tone: "red" }, { value: "running", label: "Running", tone: "blue" }, { value: "completed", label: "Completed", tone: "green" }, { value: "ended", label: "Ended", tone: "gray" }],
    },
    { name: "percent", label: "Percent done", type: "integer", computed: true, required: true, shown: true },
    { name: "current_step", label: "Stands at", type: "text", computed: true, shown: true },
    { name: "waiting_since", label: "Nothing since", type: "datetime", computed: true, sortable: true, shown: true },
    { name: "started_at", label: "Started", type: "datetime", computed: true, sortable: true, shown: true },
    { name: "owner_id", label: "Owner", type: "user", shown: true },
    { name: "account_id", label: "Account", type: "relation", to: "account", computed: true },
    { name: "product_id", label: "Product", type: "relation", to: product.name, computed: true },
    { name: "order_id", label: "Order", type: "relation", to: order.name, computed: true },
    { name: "plan_version", label: "Version of the plan", type: "integer", computed: true, required: true },
    { name: "value_at", label: "First value", type: "datetime", computed: true },
    { name: "completed_at", label: "Completed", type: "datetime", computed: true },
    { name: "end_reason", label: "Ended because", type: "text", computed: true, max: 1000 },
  ],
  related: [],
  search: ["plan"],
  default_sort: "waiting_since",
  trash: false,
  creatable: false,
  custom: false,
}); // prettier-ignore

/** An onboarding; people choose its owner, all else follows from its steps. */
export const onboardingType = registerRecordType({ object: onboarding, tell: () => null });

export interface OnboardingRow {
  id: string;
  plan_id: string;
  plan_version: number;
  plan: string;
  product_id: string | null;
  contact_id: string | null;
  account_id: string | null;
  order_id: string | null;
  owner_id: string | null;
  status: "running" | "stalled" | "completed" | "ended";
  percent: number;
  stalled_days: number;
  started_at: Date;
  last_progress_at: Date;
  stalled_at: Date | null;
  value_at: Date | null;
  completed_at: Date | null;
  ended_at: Date | null;
  end_reason: string | null;
  start_fact: string | null;
  last_fact: string | null;
  value_fact: string | null;
  completed_fact: string | null;
}

/** A step of one onboarding: what its plan says, and how it stands. */
export interface StepRow extends Step {
  onboarding_id: string;
  position: number;
  fact_name: string | null;
  state: StepState;
  ready_at: Date | null;
  due_at: Date | null;
  done_at: Date | null;
  done_by: string | null;
  answer: string | null;
  reason: string | null;
  evidence_fact: string | null;
  done_fact: string | null;
  contradicted_at: Date | null;
}

export const isUnfinished = (row: Pick<OnboardingRow, "status">): boolean =>
  row.status === "running" || row.status === "stalled";

/** Its steps in their order. */
export async function stepsOf(ctx: Ctx, id: string): Promise<StepRow[]> {
  const { rows } = await sql<StepRow>`select * from onboarding_steps where onboarding_id = ${id} order by position`.execute(ctx.db); // prettier-ignore
  return rows;
}

/** The onboarding, held until the transaction ends. @throws Refused not-found */
export async function lockOnboarding(tx: Tx, id: string): Promise<OnboardingRow> {
  const { rows } = await sql<OnboardingRow>`select * from onboardings where id = ${id} and deleted_at is null for update`.execute(tx.db); // prettier-ignore
  if (!rows[0]) throw notFound("onboarding");
  return rows[0];
}

export const over = (): Refused =>
  new Refused("conflict", "onboarding.ended", "This onboarding has ended; take it up again first.");
