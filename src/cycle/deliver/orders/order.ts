import { describeObject, type Choice, type Field } from "#records";

const statuses: readonly Choice[] = [
  { value: "open", label: "Open", tone: "blue" },
  { value: "completed", label: "Completed", tone: "green" },
  { value: "cancelled", label: "Cancelled", tone: "gray" },
];
const paymentStatuses: readonly Choice[] = [
  { value: "nothing_due", label: "Nothing due", tone: "neutral" },
  { value: "unpaid", label: "Unpaid", tone: "amber" },
  { value: "part_paid", label: "Part paid", tone: "amber" },
  { value: "paid", label: "Paid", tone: "green" },
  { value: "part_refunded", label: "Part refunded", tone: "violet" },
  { value: "refunded", label: "Refunded", tone: "red" },
];
const returnStatuses: readonly Choice[] = [
  { value: "none", label: "Nothing returned", tone: "neutral" },
  { value: "part", label: "Part returned", tone: "amber" },
  { value: "full", label: "All returned", tone: "red" },
];

const fulfilmentStatuses: readonly Choice[] = [
  { value: "not_needed", label: "Nothing to ship", tone: "neutral" },
  { value: "none", label: "To ship", tone: "amber" },
  { value: "partial", label: "Part shipped", tone: "amber" },
  { value: "shipped", label: "On its way", tone: "blue" },
  { value: "delivered", label: "Delivered", tone: "green" },
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

/** Sums and statuses are computed: they follow from lines, money and returns. */
export const order = describeObject({
  name: "order",
  plural: "orders",
  label: "Order",
  label_plural: "Orders",
  table: "orders",
  title: "number",
  fields: [
    {
      name: "number",
      label: "Number",
      type: "text",
      max: 100,
      shown: true,
      help: "The next free number when left empty.",
    },
    { name: "contact_id", label: "Contact", type: "relation", to: "contact", shown: true },
    {
      name: "account_id",
      label: "Account",
      type: "relation",
      to: "account",
      shown: true,
      help: "The contact's account when left empty.",
    },
    { name: "placed_at", label: "Placed", type: "datetime", sortable: true, shown: true },
    { name: "status", label: "Status", type: "choice", choices: statuses, computed: true, required: true, shown: true },
    {
      name: "payment_status",
      label: "Payment",
      type: "choice",
      choices: paymentStatuses,
      computed: true,
      required: true,
      shown: true,
    },
    {
      name: "return_status",
      label: "Returns",
      type: "choice",
      choices: returnStatuses,
      computed: true,
      required: true,
      shown: true,
    },
    {
      name: "fulfilment_status",
      label: "Delivery",
      type: "choice",
      choices: fulfilmentStatuses,
      computed: true,
      required: true,
      shown: true,
    },
    { name: "promised_at", label: "Promised for", type: "date", help: "The day by which it should be there." },
    { name: "delivered_at", label: "Arrived", type: "datetime", computed: true },
    amount("total", "Total", true),
    {
      name: "base_total",
      label: "Total in the company's currency",
      type: "money",
      computed: true,
      required: true,
      sortable: true,
    },
    amount("paid", "Received"),
    amount("refunded", "Given back"),
    amount("returned", "Returned goods"),
    amount("cancelled_total", "Cancelled or let go"),
    amount("invoiced", "Invoiced"),
    amount("credited", "Credited"),
    { name: "line_count", label: "Lines", type: "integer", computed: true, required: true },
    { name: "currency", label: "Currency", type: "currency", help: "The company's currency unless said." },
    {
      name: "rate",
      label: "Exchange rate",
      type: "number",
      help: "The company's currency per unit of the order's, on the day it was placed.",
    },
    { name: "country", label: "Country", type: "country" },
    { name: "source", label: "Source", type: "text", computed: true },
    { name: "quote_id", label: "Quote", type: "relation", to: "quote", computed: true },
    { name: "cancelled_at", label: "Cancelled", type: "datetime", computed: true },
    { name: "cancel_reason", label: "Why cancelled", type: "text", computed: true, max: 1000 },
  ],
  related: [
    { name: "lines", label: "Lines", object: "order_line", by: "order_id" },
    { name: "shipments", label: "Shipments", object: "shipment", by: "order_id" },
    { name: "invoices", label: "Invoices", object: "invoice", by: "order_id" },
    { name: "payments", label: "Payments", object: "payment", by: "order_id" },
    { name: "returns", label: "Returns", object: "return", by: "order_id" },
  ],
  search: ["number"],
  default_sort: "-placed_at",
  trash: false,
  creatable: true,
  custom: true,
});
