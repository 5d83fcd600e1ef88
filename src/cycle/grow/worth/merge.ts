import { carry, hasSame } from "#records";

carry({
  table: "unwanted_recommendations",
  column: "contact_id",
  to: "contact",
  key: ["product_id"],
  unless: hasSame("unwanted_recommendations", "contact_id", ["product_id"]),
});
