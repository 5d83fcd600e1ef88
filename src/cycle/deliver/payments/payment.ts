import { describeObject, registerRecordType, type Choice } from "#records";

export const methods = [
  "card",
  "bank_transfer",
  "direct_debit",
  "cash",
  "wallet",
  "cheque",
  "voucher",
  "other",
] as const;
const labels: Record<(typeof methods)[number], string> = {
  card: "Card",
  bank_transfer: "Bank transfer",
  direct_debit: "Direct debit",
  cash: "Cash",
  wallet: "Wallet",
  cheque: "Cheque",
  voucher: "Voucher",
  other: "Other",
};
const kinds: readonly Choice[] = [
  { value: "payment", label: "Payment", tone: "green" },
  { value: "refund", label: "Refund", tone: "red" },
];

/** Money that came in for an order or went back; never changed, only added to. */
export const payment = describeObject({
  name: "payment",
  plural: "payments",
  label: "Payment",
  label_plural: "Payments",
  table: "payments",
  title: "number",
  fields: [
    { name: "number", label: "Number", type: "text", computed: true, required: true, shown: true },
    { name: "kind", label: "Kind", type: "choice", choices: kinds, computed: true, required: true, shown: true },
    { name: "order_id", label: "Order", type: "relation", to: "order", computed: true, required: true, shown: true },
    { name: "contact_id", label: "Contact", type: "relation", to: "contact", computed: true, shown: true },
    { name: "account_id", label: "Account", type: "relation", to: "account", computed: true },
    {
      name: "amount",
      label: "Amount",
      type: "money",
      currency_field: "currency",
      computed: true,
      required: true,
      shown: true,
    },
    { name: "currency", label: "Currency", type: "currency", computed: true, required: true },
    {
      name: "base_amount",
      label: "In the company's currency",
      type: "money",
      computed: true,
      required: true,
      sortable: true,
    },
    {
      name: "method",
      label: "How",
      type: "choice",
      choices: methods.map((value) => ({ value, label: labels[value] })),
      computed: true,
      required: true,
      shown: true,
    },
    { name: "reference", label: "Reference", type: "text", computed: true },
    { name: "reason_id", label: "Reason", type: "relation", to: "reason", computed: true },
    { name: "reason", label: "Why", type: "text", max: 1000, computed: true },
    {
      name: "received_at",
      label: "When",
      type: "datetime",
      computed: true,
      required: true,
      sortable: true,
      shown: true,
    },
  ],
  related: [],
  search: ["number", "reference"],
  default_sort: "-received_at",
  edited: false,
  trash: false,
  creatable: false,
  custom: true,
});

/** Payments tell their own facts. */
export const paymentType = registerRecordType({ object: payment, tell: () => null });
