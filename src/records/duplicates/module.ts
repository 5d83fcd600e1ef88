import "../merge/beside.ts";
import { followConsumer } from "../merge/follow.ts";
import { mergeJob, unmergeJob } from "./bulk.ts";
import { duplicatesConsumer, findJob } from "./find.ts";

/** Records that may be one: found in the background, decided by people or by rule. */
export default {
  name: "duplicates",
  jobs: [findJob, mergeJob, unmergeJob],
  consumers: [duplicatesConsumer, followConsumer],
};
