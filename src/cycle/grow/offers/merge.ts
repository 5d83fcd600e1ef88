import { carryCustomers } from "#records";

carryCustomers("promotion_codes", ["contact_id"]);
