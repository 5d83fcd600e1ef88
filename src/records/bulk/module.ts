import { bulkJob } from "./bulk.ts";
import { takeBackJob } from "./take-back.ts";

/** Acts on many records at once, and their taking back. */
export default {
  name: "bulk",
  jobs: [bulkJob, takeBackJob],
};
