import { carry, hasSame, leave, type Pointer } from "./carried.ts";

// What people put beside any record goes with it; where each may have it once, the winner's goes on.
const beside: (Pick<Pointer, "table" | "key"> & { once?: string[] })[] = [
  { table: "files" },
  { table: "comments" },
  { table: "notifications" },
  { table: "followers", key: ["user_id"], once: ["user_id"] },
  { table: "favourites", key: ["user_id"], once: ["user_id"] },
  { table: "tagged", once: ["tag_id"] },
  { table: "record_shares", key: ["user_id", "team_id"], once: ["user_id", "team_id"] },
  // What was private for one of them stays private.
  { table: "private_records", key: [], once: [] },
];
for (const to of ["contact", "account"])
  for (const { table, key, once } of beside)
    carry({
      table,
      column: "record_id",
      to,
      when: `t.object = '${to}'`,
      ...(key ? { key } : {}),
      ...(once ? { unless: hasSame(table, "record_id", once) } : {}),
    });

const own = "tells of merges themselves";
leave(
  { table: "changes", column: "record_id", why: "each record keeps its own history" },
  { table: "record_visits", column: "record_id", why: "a person opened that record, and it leads to the other" },
  { table: "search_entries", column: "record_id", why: "follows from the record" },
  { table: "bulk_rows", column: "record_id", why: "tells what a bulk edit did to that record" },
  { table: "bulk_failures", column: "record_id", why: "tells what a bulk edit could not do to that record" },
  { table: "presence", column: "record_id", why: "over in a minute" },
  { table: "merged_records", column: "loser_id", why: own },
  { table: "merged_records", column: "winner_id", why: own },
  { table: "record_merges", column: "winner_id", why: own },
  { table: "merge_moves", column: "from_id", why: own },
);
