import { carryCustomers } from "#records";

carryCustomers("invoices");
