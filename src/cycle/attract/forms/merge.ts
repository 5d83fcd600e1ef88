import { carryCustomers } from "#records";

carryCustomers("form_submissions", ["contact_id"]);
