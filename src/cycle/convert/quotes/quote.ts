import { describeObject, type Choice, type Field } from "#records";

/*
 * Words we use
 *   quote      an offer to one customer: lines, discounts, tax, the last day it can be accepted
 *   version    what the customer was shown: immutable, hashed; a link opens exactly one
 *   revision   the number of a version; changing a quote that was sent begins the next one
 *   figures    what follows from lines and terms (figures.ts)
 */
export const statuses = ["draft", "sent", "viewed", "accepted", "declined", "expired", "withdrawn"] as const;
export type QuoteStatus = (typeof statuses)[number];

const choices: readonly Choice[] = [
  { value: "draft", label: "Draft", tone: "gray" },
  { value: "sent", label: "Sent", tone: "blue" },
  { value: "viewed", label: "Opened", tone: "indigo" },
  { value: "accepted", label: "Accepted", tone: "green" },
  { value: "declined", label: "Declined", tone: "red" },
  { value: "expired", label: "Expired", tone: "amber" },
  { value: "withdrawn", label: "Withdrawn", tone: "neutral" },
];

const amount = (name: string, label: string, shown = false): Field => ({ name, label, type: "money", currency_field: "currency", computed: true, required: true, shown }); // prettier-ignore
const computed = (name: string, label: string, type: Field["type"]): Field => ({ name, label, type, computed: true });

export const quote = describeObject({
  name: "quote",
  plural: "quotes",
  label: "Quote",
  label_plural: "Quotes",
  table: "quotes",
  title: "number",
  fields: [
    { name: "number", label: "Number", type: "text", computed: true, required: true, shown: true },
    { name: "subject", label: "About", type: "text", shown: true, help: "What it is for, in a few words." },
    { name: "contact_id", label: "Contact", type: "relation", to: "contact", shown: true },
    { name: "account_id", label: "Account", type: "relation", to: "account", shown: true, help: "The contact's account when left empty." }, // prettier-ignore
    { name: "opportunity_id", label: "Opportunity", type: "relation", to: "opportunity" },
    { name: "owner_id", label: "Owner", type: "user", help: "Whoever makes it when left empty." },
    { name: "status", label: "Status", type: "choice", choices, computed: true, required: true, shown: true },
    amount("total", "Total", true),
    { name: "base_total", label: "Total in the company's currency", type: "money", computed: true, required: true, sortable: true }, // prettier-ignore
    amount("net", "Net"),
    amount("tax", "Tax"),
    amount("discount", "Discounts"),
    { name: "valid_until", label: "Valid until", type: "date", sortable: true, shown: true, help: "The last day it can be accepted; 30 days ahead when left empty." }, // prettier-ignore
    { name: "currency", label: "Currency", type: "currency", help: "The company's currency unless said." },
    { name: "rate", label: "Exchange rate", type: "number", help: "The company's currency per unit of the quote's." },
    { name: "discount_percent", label: "Discount on the whole, percent", type: "number" },
    { name: "discount_amount", label: "Discount on the whole", type: "money", currency_field: "currency" },
    { name: "intro", label: "Words before the lines", type: "long_text", max: 4000 },
    { name: "terms", label: "Terms", type: "long_text", max: 10_000 },
    { name: "revision", label: "Version", type: "integer", computed: true, required: true },
    { name: "line_count", label: "Lines", type: "integer", computed: true, required: true },
    computed("sent_at", "Sent", "datetime"),
    computed("mailed_at", "Last sent", "datetime"),
    computed("viewed_at", "Opened", "datetime"),
    computed("accepted_at", "Accepted", "datetime"),
    computed("accepted_by", "Accepted by", "text"),
    computed("declined_at", "Declined", "datetime"),
    computed("decline_reason", "Why declined", "text"),
    computed("withdrawn_at", "Withdrawn", "datetime"),
    computed("withdraw_reason", "Why withdrawn", "text"),
    computed("expired_at", "Expired", "datetime"),
  ],
  related: [{ name: "orders", label: "Order", object: "order", by: "quote_id" }],
  search: ["number", "subject"],
  default_sort: "-created_at",
  creatable: true,
  custom: true,
});
