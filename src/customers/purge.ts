import { beforePurge, tie } from "#records";
import { forgetFactsOf, type Survivors } from "#timeline";
import type { Tx } from "#platform/context";
import { retellFromStart } from "./forget.ts";

// Facts are append-only, but for whoever is deleted for good: what was told of them goes, and the others' stories are told anew.
const retell = async (tx: Tx, { contacts, accounts }: Survivors): Promise<void> =>
  retellFromStart(tx, [...contacts, ...accounts]);
beforePurge("contact", async (tx, ids) => retell(tx, await forgetFactsOf(tx, { contacts: ids, accounts: [] })));
beforePurge("account", async (tx, ids) => retell(tx, await forgetFactsOf(tx, { contacts: [], accounts: ids })));
tie(
  { table: "facts", column: "contact_id", of: "contact", end: "goes" },
  { table: "facts", column: "account_id", of: "account", end: "clears" },
  { table: "contacts", column: "account_id", of: "account", end: "clears" },
);
for (const table of ["lifecycle_transitions", "lifecycle_walks", "lifecycle_acts"])
  tie({ table, column: "subject_id", of: ["contact", "account"], end: "goes" });
