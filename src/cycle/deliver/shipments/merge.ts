import { carryCustomers } from "#records";

carryCustomers("shipments");
