import "./merge.ts";
import "./purge.ts";
import { shipmentsApi } from "./api.ts";
import { shipmentsDue } from "./due.ts";

export default {
  name: "shipments",
  apis: { shipments: shipmentsApi },
  permissions: {
    "shipments.read": ["admin", "manager", "agent", "viewer"],
    "shipments.create": ["admin", "manager", "agent"],
    "shipments.update": ["admin", "manager", "agent"],
  },
  due: shipmentsDue,
} as const;
