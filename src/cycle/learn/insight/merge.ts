import { carry, hasSame } from "#records";

carry({
  table: "insight_people",
  column: "contact_id",
  to: "contact",
  key: ["insight_id"],
  unless: hasSame("insight_people", "contact_id", ["insight_id"]),
});
carry(
  ...(["contact", "account"] as const).map((to) => ({
    table: "theme_mentions",
    column: `${to}_id`,
    to,
    key: ["theme_id", "key"],
  })),
);
