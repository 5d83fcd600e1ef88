import type { Ctx } from "#platform/context";
import { predictionsApi } from "./api.ts";
import { learnJob, nextRunAt, predictionConsumer, runDue } from "./runs.ts";

export default {
  name: "prediction",
  apis: { predictions: predictionsApi },
  jobs: [learnJob],
  consumers: [predictionConsumer],
  timers: [{ name: "prediction", run: (ctx: Ctx) => runDue(ctx), nextAt: nextRunAt }],
} as const;
