import { tie } from "#records";

tie(
  { table: "campaigns", column: "segment_id", of: "segment", end: "clears" },
  {
    table: "facts",
    column: "campaign_id",
    of: "campaign",
    end: "stays",
    why: "what came of it goes on to be counted",
  },
);
