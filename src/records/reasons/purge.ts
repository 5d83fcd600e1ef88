import { neverPurge } from "../trash/ties.ts";

neverPurge("reason", "what was lost, returned or refused goes on to be counted by it");
