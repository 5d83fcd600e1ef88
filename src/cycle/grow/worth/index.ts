export { recommendFor, type Again, type Fresh, type Recommended, type Whose } from "./recommend.ts";
export { worthOf, type WorthTold } from "./queries.ts";
export { dueSoon, nextRunAt, runDue, worthConsumer } from "./runs.ts";
export { learnJob } from "./learn.ts";
export type { WorthApi } from "./api.ts";
