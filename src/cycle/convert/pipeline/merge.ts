import { carryCustomers } from "#records";

carryCustomers("opportunities");
