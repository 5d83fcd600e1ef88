import type { Boot, DescribedObject } from "../kit/boot.ts";
import { commonFields } from "./common-fields.ts";

const stages = [
  { value: "identified", label: "Identified", tone: "gray" },
  { value: "lead", label: "Lead", tone: "blue" },
  { value: "opportunity", label: "Opportunity", tone: "indigo" },
  { value: "customer", label: "Customer", tone: "teal" },
  { value: "active", label: "Active", tone: "green" },
  { value: "loyal", label: "Loyal", tone: "amber" },
  { value: "at_risk", label: "At risk", tone: "red" },
  { value: "lapsed", label: "Lapsed", tone: "neutral" },
] as const;

const contact: DescribedObject = {
  name: "contact", plural: "contacts", label: "Contact", label_plural: "Contacts", table: "contacts", title: "name", default_sort: "-created_at",
  search: ["name", "email"], facts_by: "contact_id", creatable: true, custom: true, related: [], commonFields,
  fields: [
    { name: "name", label: "Name", type: "text", required: true, sortable: true, shown: true },
    { name: "email", label: "E-mail", type: "email", sortable: true, shown: true },
    { name: "phone", label: "Phone", type: "phone" },
    { name: "account_id", label: "Account", type: "relation", to: "account", shown: true },
    { name: "lifecycle_stage", label: "Stage", type: "choice", choices: stages, computed: true, sortable: true, shown: true },
    { name: "paid", label: "Paid", type: "money", computed: true, sortable: true, shown: true, help: "Everything this customer has paid, less what was returned" },
    { name: "orders", label: "Orders", type: "integer", computed: true, sortable: true, shown: true },
    { name: "last_order_on", label: "Last order", type: "date", computed: true, sortable: true, shown: true },
    { name: "country", label: "Country", type: "country", sortable: true, shown: true },
    { name: "newsletter", label: "Newsletter", type: "boolean", shown: true },
    { name: "website", label: "Website", type: "url" },
    { name: "about", label: "About", type: "long_text", max: 2000, help: "What a colleague should know before calling" },
  ],
}; // prettier-ignore

const account: DescribedObject = {
  ...contact, name: "account", plural: "accounts", label: "Account", label_plural: "Accounts", table: "accounts", facts_by: "account_id",
  fields: [{ name: "name", label: "Name", type: "text", required: true, sortable: true, shown: true }, { name: "budget", label: "Budget", type: "money", shown: true }],
}; // prettier-ignore

/** A boot of a company that exists only on the kit page. */
export const sampleBoot = (): Boot => ({
  state: "signed-in",
  version: "kit",
  routes: { "jobs.list": "GET /jobs" },
  me: { id: "u1", name: "Mira Okafor", email: "mira@northwind.example", role: "owner" },
  workspace: {
    id: "w1",
    name: "Northwind Goods",
    currency: "EUR",
    time_zone: "Europe/Berlin",
    locale: "en",
    lens: "seven",
  },
  objects: [
    contact,
    account,
    { ...account, name: "product", plural: "products", label: "Product", label_plural: "Products" },
    { ...account, name: "order", plural: "orders", label: "Order", label_plural: "Orders" },
  ],
  permissions: [],
  stages,
  lenses: [],
});
