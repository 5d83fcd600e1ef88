import { tie } from "#records";

tie({ table: "tasks", column: "contact_id", of: "contact", end: "goes", as: "task" });
// What is an account's alone goes with it; what is also a person's stays theirs.
const alone = "x.contact_id is null";
tie(
  { table: "tasks", column: "account_id", of: "account", end: "goes", as: "task", when: alone },
  { table: "notes", column: "account_id", of: "account", end: "goes", when: alone },
  { table: "calls", column: "account_id", of: "account", end: "goes", when: alone },
);
