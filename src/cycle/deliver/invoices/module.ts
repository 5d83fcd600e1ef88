import "./merge.ts";
import "./purge.ts";
import { invoicesApi } from "./api.ts";
import { invoicesDue } from "./due.ts";
import { invoicesOpen } from "./open-with.ts";
import { invoicePages } from "./page.ts";

export default {
  name: "invoices",
  apis: { invoices: invoicesApi },
  permissions: {
    "invoices.read": ["admin", "manager", "agent", "viewer"],
    "invoices.create": ["admin", "manager", "agent"],
    "invoices.credit": ["admin", "manager"],
  },
  pages: invoicePages,
  due: invoicesDue,
  open: invoicesOpen,
} as const;
