import { describeObject, registerRecordType } from "#records";
import { carriers } from "./carriers.ts";

/*
 * Words we use
 *   shipment    goods of one order that left together; its lines say how many of which order line
 *   promised    the day by which the customer should have it
 *   arrived     delivered_at is set; the order itself has arrived when nothing of it is left to come
 */
export const shipment = describeObject({
  name: "shipment",
  plural: "shipments",
  label: "Shipment",
  label_plural: "Shipments",
  table: "shipments",
  title: "number",
  fields: [
    { name: "number", label: "Number", type: "text", computed: true, required: true, shown: true },
    { name: "order_id", label: "Order", type: "relation", to: "order", computed: true, required: true, shown: true },
    { name: "contact_id", label: "Contact", type: "relation", to: "contact", computed: true, shown: true },
    { name: "account_id", label: "Account", type: "relation", to: "account", computed: true },
    {
      name: "carrier",
      label: "Carrier",
      type: "choice",
      choices: carriers.map((c) => ({ value: c.key, label: c.name })),
      shown: true,
    },
    { name: "tracking_number", label: "Tracking number", type: "text", max: 100, shown: true },
    { name: "promised_at", label: "Promised for", type: "date", shown: true },
    {
      name: "shipped_at",
      label: "Sent",
      type: "datetime",
      computed: true,
      required: true,
      sortable: true,
      shown: true,
    },
    { name: "delivered_at", label: "Arrived", type: "datetime", computed: true, shown: true },
    { name: "line_count", label: "Lines", type: "integer", computed: true, required: true },
  ],
  related: [],
  search: ["number", "tracking_number"],
  default_sort: "-shipped_at",
  trash: false,
  creatable: false,
  custom: true,
});

/** Shipments tell their own facts. */
export const shipmentType = registerRecordType({ object: shipment, tell: () => null });
