import { tie } from "./ties.ts";

// What was merged into a record can be had back as long as that record is there, and goes with it.
const of = ["contact", "account"];
tie(
  { table: "merged_records", column: "loser_id", of, end: "holds", by: "merge" },
  { table: "merged_records", column: "winner_id", of, end: "goes", as: "same", id: "loser_id" },
  { table: "record_merges", column: "winner_id", of, end: "goes" },
);
const told = "tells what a job did to that record, and goes with the job";
tie(
  { table: "bulk_rows", column: "record_id", of: "*", end: "stays", why: told },
  { table: "bulk_failures", column: "record_id", of: "*", end: "stays", why: told },
);
tie({
  table: "search_entries",
  column: "record_id",
  of: "*",
  end: "stays",
  why: "PostgreSQL lets go of it with the record",
});
