import { describeObject, registerRecordType, type Choice, type Field } from "#records";

/*
 * Words we use
 *   invoice       what is asked for goods and services of one order; issued once, with a number, and never changed
 *   credit note   takes an invoice back, in whole or in part; has a series of numbers of its own
 *   series        numbers without gaps: INV-1001, INV-1002 ...
 *   open          what of an invoice is neither credited nor covered by money received for its order, the oldest invoice first
 */
export type Kind = "invoice" | "credit_note";

const kinds: readonly Choice[] = [
  { value: "invoice", label: "Invoice", tone: "neutral" },
  { value: "credit_note", label: "Credit note", tone: "violet" },
];
const statuses: readonly Choice[] = [
  { value: "open", label: "Open", tone: "blue" },
  { value: "overdue", label: "Overdue", tone: "red" },
  { value: "paid", label: "Paid", tone: "green" },
  { value: "credited", label: "Credited", tone: "gray" },
  { value: "credit_note", label: "Credit note", tone: "violet" },
];
const amount = (name: string, label: string, shown = false): Field => ({
  name,
  label,
  type: "money",
  currency_field: "currency",
  computed: true,
  required: true,
  shown,
});

/** Read from the view `invoices_told`, which adds what is paid, open and overdue. */
export const invoice = describeObject({
  name: "invoice",
  plural: "invoices",
  label: "Invoice",
  label_plural: "Invoices",
  table: "invoices_told",
  title: "number",
  fields: [
    { name: "number", label: "Number", type: "text", computed: true, required: true, shown: true },
    { name: "kind", label: "Kind", type: "choice", choices: kinds, computed: true, required: true },
    { name: "status", label: "Status", type: "choice", choices: statuses, computed: true, required: true, shown: true },
    { name: "order_id", label: "Order", type: "relation", to: "order", computed: true, required: true, shown: true },
    { name: "invoice_id", label: "Credits", type: "relation", to: "invoice", computed: true },
    { name: "contact_id", label: "Contact", type: "relation", to: "contact", computed: true, shown: true },
    { name: "account_id", label: "Account", type: "relation", to: "account", computed: true, shown: true },
    { name: "issued_at", label: "Issued", type: "datetime", computed: true, required: true, sortable: true, shown: true },
    { name: "due_at", label: "Due", type: "date", computed: true, required: true, sortable: true, shown: true },
    amount("total", "Total", true),
    amount("net", "Net"),
    amount("tax", "Tax"),
    amount("paid", "Paid"),
    amount("credited", "Credited"),
    amount("open", "Open", true),
    { name: "base_total", label: "Total in the company's currency", type: "money", computed: true, required: true, sortable: true },
    { name: "currency", label: "Currency", type: "currency", computed: true, required: true },
    { name: "line_count", label: "Lines", type: "integer", computed: true, required: true },
    { name: "reason_id", label: "Reason", type: "relation", to: "reason", computed: true },
    { name: "reason", label: "Why", type: "text", max: 1000, computed: true },
    { name: "sent_at", label: "Sent by mail", type: "datetime", computed: true },
  ],
  related: [{ name: "credit_notes", label: "Credit notes", object: "invoice", by: "invoice_id" }],
  search: ["number"],
  default_sort: "-issued_at",
  edited: false,
  trash: false,
  creatable: false,
  custom: false,
}); // prettier-ignore

/** Invoices tell their own facts. */
export const invoiceType = registerRecordType({ object: invoice, tell: () => null });
