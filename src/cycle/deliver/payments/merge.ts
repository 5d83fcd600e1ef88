import { carryCustomers } from "#records";

carryCustomers("payments");
