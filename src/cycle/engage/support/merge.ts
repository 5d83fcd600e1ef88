import { carryCustomers } from "#records";

carryCustomers("cases");
