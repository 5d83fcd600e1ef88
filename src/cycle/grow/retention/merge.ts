import { carryCustomers } from "#records";

carryCustomers("play_runs");
