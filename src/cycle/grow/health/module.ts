import "./merge.ts";
import type { Ctx } from "#platform/context";
import { healthApi } from "./api.ts";
import { dailyJob, healthConsumer, nextDayAt, runDay } from "./daily.ts";

export default {
  name: "health",
  apis: { health: healthApi },
  jobs: [dailyJob],
  consumers: [healthConsumer],
  timers: [{ name: "health", run: (ctx: Ctx) => runDay(ctx), nextAt: nextDayAt }],
} as const;
