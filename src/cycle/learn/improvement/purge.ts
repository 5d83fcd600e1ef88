import { sql } from "kysely";
import { beforePurge, tie } from "#records";

for (const table of ["announcements", "measurements", "improvement_people"])
  tie({ table, column: "improvement_id", of: "improvement", end: "goes" });
tie(
  { table: "improvements", column: "insight_id", of: "insight", end: "holds", by: "improvement" },
  { table: "improvements", column: "repeats_id", of: "improvement", end: "clears" },
);
beforePurge("improvement", async (tx, ids) => {
  await sql`delete from facts where contact_id is null and name like 'improvement.%' and payload ->> 'improvement_id' = any(${ids})`.execute(tx.db);
}); // prettier-ignore
