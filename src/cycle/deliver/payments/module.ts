import "./merge.ts";
import "./purge.ts";
import { paymentsApi } from "./api.ts";

export default {
  name: "payments",
  apis: { payments: paymentsApi },
  permissions: {
    "payments.read": ["admin", "manager", "agent", "viewer"],
    "payments.create": ["admin", "manager", "agent"],
    "payments.update": ["admin", "manager", "agent"],
    "payments.refund": ["admin", "manager"],
  },
} as const;
