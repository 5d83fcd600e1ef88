import "./merge.ts";
import type { Ctx } from "#platform/context";
import { worthApi } from "./api.ts";
import { learnJob } from "./learn.ts";
import { nextRunAt, runDue, worthConsumer } from "./runs.ts";

export default {
  name: "worth",
  apis: { worth: worthApi },
  jobs: [learnJob],
  consumers: [worthConsumer],
  timers: [{ name: "worth", run: (ctx: Ctx) => runDue(ctx), nextAt: nextRunAt }],
} as const;
