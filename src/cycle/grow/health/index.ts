export { healthOf, type Health, type Measure, type MeasureName } from "./health.ts";
export { healthNow, healthOverview, type HealthOverview, type HealthTold } from "./queries.ts";
export { dailyJob, healthConsumer, lookAnew, runDay } from "./daily.ts";
export { aucOf, emptyTally } from "./told-before.ts";
export type { HealthApi } from "./api.ts";
