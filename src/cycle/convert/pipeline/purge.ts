import { tie, tieCustomers } from "#records";

tieCustomers("opportunities", { end: "holds", by: "opportunity" });
tie({ table: "opportunities", column: "lead_id", of: "lead", end: "clears" });
