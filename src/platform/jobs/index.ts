export {
  enqueue,
  findJob,
  jobsOf,
  listJobs,
  moveJob,
  onJobEnded,
  onQueued,
  JobStopped,
  type Job,
  type JobKind,
  type JobControl,
  type JobState,
} from "./ledger.ts";
export { workOnce } from "./work.ts";
export { jobsApi, type JobsApi } from "./api.ts";
