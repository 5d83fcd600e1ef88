import { carry, hasSame } from "#records";

const once = (table: string) => ({
  table,
  column: "contact_id",
  to: "contact",
  key: ["improvement_id"],
  unless: hasSame(table, "contact_id", ["improvement_id"]),
});

carry(once("improvement_people"), once("announcements"));
