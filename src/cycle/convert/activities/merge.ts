import { carry, carryCustomers } from "#records";

carryCustomers("tasks");
carryCustomers("notes");
carryCustomers("calls");
carry(
  { table: "tasks", column: "about_id", to: "contact", when: "t.about_object = 'contact'", type: "text" },
  { table: "tasks", column: "about_id", to: "account", when: "t.about_object = 'account'", type: "text" },
);
