import "./import.ts";
import "./merge.ts";
import "./purge.ts";
import type { Ctx } from "#platform/context";
import { segmentsApi } from "./api.ts";
import { buildJob } from "./build.ts";
import { segmentsConsumer } from "./consumer.ts";
import { nextFlipAt, runDueFlips } from "./due.ts";
import { gatherJob } from "./members.ts";

export default {
  name: "audience",
  apis: { segments: segmentsApi },
  permissions: {
    "segments.read": ["admin", "manager", "agent", "viewer"],
    "segments.create": ["admin", "manager", "agent"],
    "segments.update": ["admin", "manager", "agent"],
    "segments.delete": ["admin", "manager"],
  },
  jobs: [buildJob, gatherJob],
  consumers: [segmentsConsumer],
  timers: [{ name: "segments", run: (ctx: Ctx) => runDueFlips(ctx), nextAt: nextFlipAt }],
} as const;
