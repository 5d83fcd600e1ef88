import { tie } from "../trash/ties.ts";

tie({ table: "tags", column: "merged_into", of: "tag", end: "clears" });
