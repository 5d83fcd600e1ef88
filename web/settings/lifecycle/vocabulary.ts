import { boot, objectOf, type DescribedObject } from "../../kit/boot.ts";
import { fieldsOf } from "../../records/record.ts";

interface FactWord {
  name: string;
  label: string;
  stage: string;
}

const isFactWord = (value: unknown): value is FactWord =>
  typeof value === "object" && value !== null && "name" in value && "label" in value && "stage" in value;

/** Facts that rules may speak of: all the server knows but those that rules themselves record. */
export function factWords(): readonly FactWord[] {
  const told: unknown = { ...boot() };
  const facts = typeof told === "object" && told !== null && "facts" in told ? told.facts : [];
  return Array.isArray(facts)
    ? facts.filter(isFactWord).filter(({ name }) => !/^(customer|lifecycle|import|product|segment)\./.test(name))
    : [];
}

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
