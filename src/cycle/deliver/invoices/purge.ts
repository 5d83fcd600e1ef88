import { tieCustomers } from "#records";

tieCustomers("invoices", { end: "holds", by: "invoice" });
