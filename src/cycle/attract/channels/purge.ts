import { tie } from "#records";

// A mail belongs to what it was sent for, and to the person it went to.
for (const table of ["sends", "send_pauses"]) tie({ table, column: "source_id", of: "*", end: "goes" });
tie({ table: "sends", column: "account_id", of: "account", end: "clears" });
