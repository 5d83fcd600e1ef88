import { tie } from "#records";

tie(
  { table: "onboardings", column: "contact_id", of: "contact", end: "goes", as: "onboarding" },
  { table: "onboardings", column: "account_id", of: "account", end: "goes", as: "onboarding", when: "x.contact_id is null" },
  { table: "onboardings", column: "account_id", of: "account", end: "clears" },
  { table: "onboardings", column: "plan_id", of: "plan", end: "holds", by: "onboarding" },
); // prettier-ignore
