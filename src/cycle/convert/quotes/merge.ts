import { carryCustomers } from "#records";

carryCustomers("quotes");
