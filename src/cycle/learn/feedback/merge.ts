import { carry, carryCustomers, hasSame } from "#records";

carry({
  table: "survey_invitations",
  column: "contact_id",
  to: "contact",
  unless: hasSame("survey_invitations", "contact_id", ["survey_id", "wave"], (i) => `${i}.trigger_fact is null`),
});
carryCustomers("survey_invitations", ["account_id"]);
carryCustomers("survey_responses");
