import { describeObject, type Field } from "#records";

const customer: readonly Field[] = [
  { name: "contact_id", label: "Contact", type: "relation", to: "contact", computed: true, shown: true },
  { name: "account_id", label: "Account", type: "relation", to: "account", computed: true },
];
const currency: Field = { name: "currency", label: "Currency", type: "currency", computed: true, required: true };

/** A line of an order as a record of its own: who bought what, and when. Read from the view `purchases`. */
export const orderLine = describeObject({
  name: "order_line",
  plural: "order_lines",
  label: "Order line",
  label_plural: "Order lines",
  table: "purchases",
  title: "description",
  fields: [
    { name: "description", label: "What", type: "text", computed: true, required: true, shown: true },
    { name: "order_id", label: "Order", type: "relation", to: "order", computed: true, shown: true },
    { name: "product_id", label: "Product", type: "relation", to: "product", computed: true, shown: true },
    { name: "quantity", label: "Quantity", type: "number", computed: true, required: true, shown: true },
    { name: "returned_quantity", label: "Came back", type: "number", computed: true, required: true },
    {
      name: "unit_price",
      label: "Unit price",
      type: "number",
      computed: true,
      required: true,
      help: "In major units, as precise as it was written.",
    },
    {
      name: "total",
      label: "Total",
      type: "money",
      currency_field: "currency",
      computed: true,
      required: true,
      shown: true,
    },
    currency,
    ...customer,
    {
      name: "placed_at",
      label: "Placed",
      type: "datetime",
      computed: true,
      required: true,
      sortable: true,
      shown: true,
    },
    { name: "status", label: "Order's status", type: "text", computed: true, required: true },
  ],
  related: [],
  search: [],
  default_sort: "-placed_at",
  creatable: false,
  custom: false,
});

/** Goods that came back; of one order, or of none that is known. */
export const goodsReturn = describeObject({
  name: "return",
  plural: "returns",
  label: "Return",
  label_plural: "Returns",
  table: "returns",
  title: "number",
  fields: [
    { name: "number", label: "Number", type: "text", computed: true, required: true, shown: true },
    { name: "order_id", label: "Order", type: "relation", to: "order", computed: true, shown: true },
    ...customer,
    {
      name: "returned_at",
      label: "Returned",
      type: "datetime",
      computed: true,
      required: true,
      sortable: true,
      shown: true,
    },
    {
      name: "total",
      label: "Worth",
      type: "money",
      currency_field: "currency",
      computed: true,
      required: true,
      shown: true,
    },
    {
      name: "base_total",
      label: "Worth in the company's currency",
      type: "money",
      computed: true,
      required: true,
      sortable: true,
    },
    currency,
    { name: "line_count", label: "Lines", type: "integer", computed: true, required: true },
    { name: "reason", label: "Why", type: "text", max: 1000, computed: true, shown: true },
    { name: "source", label: "Source", type: "text", computed: true },
  ],
  related: [],
  search: ["number"],
  default_sort: "-returned_at",
  creatable: false,
  custom: false,
});
