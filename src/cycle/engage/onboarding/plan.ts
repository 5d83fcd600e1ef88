import { sql } from "kysely";
import { product } from "#convert/catalog";
import { invalid } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { describeObject, registerRecordType, type Row, type Values } from "#records";
import { checkDesign, designSchema, type Design } from "./step.ts";

export const plan = describeObject({
  name: "plan",
  plural: "plans",
  label: "Onboarding plan",
  label_plural: "Onboarding plans",
  table: "onboarding_plans",
  title: "name",
  fields: [
    { name: "name", label: "Name", type: "text", required: true, sortable: true, shown: true },
    { name: "product_id", label: "Product", type: "relation", to: product.name, shown: true, help: "Whatever they buy, with their first order, when left empty." },
    {
      name: "starts_on", label: "Starts when", type: "choice", shown: true, help: "Paid unless said.",
      choices: [{ value: "placed", label: "They order" }, { value: "paid", label: "The order is paid" }, { value: "delivered", label: "The order arrives" }, { value: "hand", label: "Somebody starts it" }],
    },
    {
      name: "for_whom", label: "For", type: "choice", help: "Everybody unless said.",
      choices: [{ value: "everybody", label: "Everybody" }, { value: "people", label: "People without a company" }, { value: "companies", label: "Companies" }],
    },
    { name: "stalled_days", label: "Stalls after business days", type: "integer", help: "5 unless said: so long nothing happened." },
    { name: "intro", label: "Welcome", type: "long_text", max: 2000, help: "Stands above the steps on the customer's page and in the mail." },
    { name: "invites", label: "Mails the link", type: "boolean", help: "The customer gets the link to their steps by mail." },
    { name: "active", label: "Active", type: "boolean", shown: true },
    { name: "step_count", label: "Steps", type: "integer", computed: true, required: true, shown: true },
    { name: "run_count", label: "Started", type: "integer", computed: true, required: true, shown: true },
  ],
  related: [],
  search: ["name"],
  default_sort: "name",
  creatable: false,
  custom: false,
}); // prettier-ignore

export interface PlanRow {
  id: string;
  version: number;
  name: string;
  product_id: string | null;
  for_whom: "everybody" | "people" | "companies";
  starts_on: "placed" | "paid" | "delivered" | "hand";
  stalled_days: number;
  intro: string | null;
  invites: boolean;
  active: boolean;
  design: Design;
  steps_version: number;
  step_count: number;
  run_count: number;
  deleted_at: Date | null;
}

const usual = { for_whom: "everybody", starts_on: "paid", stalled_days: 5, invites: true, active: true } as const;

async function prepare(tx: Tx, given: Values, before: Row | null): Promise<Values> {
  const values: Values = { ...given };
  for (const [field, value] of Object.entries(usual))
    if (values[field] === null || (!before && values[field] === undefined)) values[field] = value;
  const days = values.stalled_days;
  if (typeof days === "number" && (days < 1 || days > 60)) throw invalid("stalled_days", "This is 1 to 60 days.");
  if (typeof values.name === "string") await refuseTakenName(tx, values.name, before?.id);
  // What happened before somebody thought of the plan, or while it lay still, starts nothing.
  if (!before || (values.active === true && before.active === false)) values.since = tx.clock();
  return values.design === undefined ? values : { ...values, ...versioned(values.design as Design, before) };
}

function versioned(design: Design, before: Row | null): Values {
  checkDesign(design);
  if (!before) return { design, step_count: design.steps.length };
  // Read by the schema both have their keys in the same order.
  const same = JSON.stringify(designSchema.parse(before.design)) === JSON.stringify(designSchema.parse(design));
  return same ? { design: before.design } : { design, step_count: design.steps.length, steps_version: Number(before.steps_version) + 1 }; // prettier-ignore
}

async function refuseTakenName(tx: Tx, name: string, self: string | undefined): Promise<void> {
  const { rows } = await sql`
    select 1 from onboarding_plans where lower(name) = lower(${name}) and deleted_at is null and id is distinct from ${self ?? null}::uuid`.execute(tx.db); // prettier-ignore
  if (rows.length > 0) throw invalid("name", `There is a plan called "${name}" already.`, "onboarding.name-taken");
}

/** A plan with its rules: steps that can be walked, and each version of them kept. */
export const planType = registerRecordType({
  object: plan,
  prepare,
  async saved(tx, act, row) {
    if (act === "restored") await refuseTakenName(tx, String(row.name), row.id);
    const { steps } = row.design as Design;
    await sql`
      insert into onboarding_plan_versions (plan_id, version, steps, at) values (${row.id}, ${row.steps_version}, ${JSON.stringify(steps)}::jsonb, ${tx.clock()})
          on conflict do nothing`.execute(tx.db);
  },
  tell: () => null,
});
