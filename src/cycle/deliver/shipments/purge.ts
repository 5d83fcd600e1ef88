import { tieCustomers } from "#records";

tieCustomers("shipments", { end: "holds", by: "shipment" });
