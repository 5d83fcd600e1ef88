import { sql } from "kysely";
import { beforePurge, tie } from "#records";

tie(
  { table: "theme_mentions", column: "theme_id", of: "theme", end: "goes" },
  { table: "proposals_put_off", column: "theme_id", of: "theme", end: "goes" },
  { table: "insights", column: "theme_id", of: "theme", end: "holds", by: "insight" },
  { table: "insight_people", column: "insight_id", of: "insight", end: "goes" },
);
beforePurge("theme", async (tx, ids) => {
  await sql`delete from jobs where kind = 'themes.build' and input ->> 'theme_id' = any(${ids})`.execute(tx.db);
});
beforePurge("insight", async (tx, ids) => {
  await sql`delete from facts where contact_id is null and name = 'insight.found' and payload ->> 'insight_id' = any(${ids})`.execute(tx.db);
}); // prettier-ignore
