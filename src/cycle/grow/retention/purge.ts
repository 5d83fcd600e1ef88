import { tie } from "#records";

tie(
  { table: "play_runs", column: "play_id", of: "play", end: "goes" },
  { table: "play_runs", column: "account_id", of: "account", end: "goes", when: "x.contact_id is null" },
  { table: "play_runs", column: "account_id", of: "account", end: "clears" },
);
