import { tieCustomers } from "#records";

tieCustomers("payments", { end: "holds", by: "payment" });
