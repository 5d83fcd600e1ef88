import { sql } from "kysely";
import { beforePurge, tie } from "#records";

for (const table of ["segment_members", "segment_flips", "segment_days"])
  tie({ table, column: "segment_id", of: "segment", end: "goes" });
beforePurge("segment", async (tx, ids) => {
  await sql`delete from jobs where kind like 'segments.%' and input ->> 'segment_id' = any(${ids})`.execute(tx.db);
});
