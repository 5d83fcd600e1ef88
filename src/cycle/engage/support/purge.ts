import { tie } from "#records";

tie(
  { table: "cases", column: "contact_id", of: "contact", end: "goes", as: "case" },
  { table: "cases", column: "account_id", of: "account", end: "goes", as: "case", when: "x.contact_id is null" },
);
