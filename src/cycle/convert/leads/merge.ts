import { carry, carryCustomers, hasSame } from "#records";

// One open lead a person: the winner's goes on, the other one goes to the trash with what was asked in it.
const open = (lead: string): string =>
  `${lead}.status <> 'disqualified' and ${lead}.converted_at is null and ${lead}.deleted_at is null`;

carry({
  table: "leads",
  column: "contact_id",
  to: "contact",
  unless: hasSame("leads", "contact_id", [], open),
  cleared: "deleted_at = now()",
});
carryCustomers("leads", ["account_id"]);
