import { objectOf, type DescribedObject } from "../../kit/boot.ts";
import type { ConditionSubject } from "../../records/condition/subject.ts";
import { fieldsOf } from "../../records/record.ts";

export { factLabel as factWord } from "../../records/filter/fact-words.ts";

const traits = ["order_count", "paid_total", "returned_total", "first_order_at", "last_order_at"];

/** What rules may ask of a customer, described like an object: the fields whose past is known at every instant. */
export function ruleObject(): DescribedObject {
  const contact = objectOf("contact");
  const fields = contact ? fieldsOf(contact) : [];
  const stage = fields.find((field) => field.name === "lifecycle_stage");
  return {
    name: "customer", plural: "customers", label: "Customer", label_plural: "Customers", table: "", title: "", search: [], default_sort: "",
    creatable: false, custom: false, related: [],
    fields: [
      { name: "stage_since", label: "In this stage since", type: "datetime" },
      { name: "stage", label: "Stage", type: "choice", choices: stage?.choices ?? [] },
      ...fields.filter((field) => traits.includes(field.name)),
    ],
  }; // prettier-ignore
}

/** What rules may ask of a customer's past. */
export const ruleSubject = (): ConditionSubject => ({
  object: ruleObject(),
  fresh: { field: "stage_since", op: "older_than", value: { n: 30, unit: "day" } },
  sinceStage: true,
  facts: true,
});
