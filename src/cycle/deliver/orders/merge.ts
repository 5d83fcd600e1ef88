import { carryCustomers } from "#records";

carryCustomers("orders");
carryCustomers("returns");
