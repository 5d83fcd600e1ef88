import "./merge.ts";
import "./purge.ts";
import type { Ctx, Role } from "#platform/context";
import { improvementsApi } from "./api.ts";
import { exposureConsumer } from "./consumer.ts";
import { improvementsDue } from "./due.ts";
import { measureDue, nextReviewAt } from "./measure.ts";

const everybody: readonly Role[] = ["admin", "manager", "agent", "viewer"];
const workers: readonly Role[] = ["admin", "manager", "agent"];
const leaders: readonly Role[] = ["admin", "manager"];

export default {
  name: "improvement",
  apis: { improvements: improvementsApi },
  permissions: {
    "improvements.read": everybody,
    "improvements.create": workers,
    "improvements.update": workers,
    "improvements.delete": leaders,
    "improvements.announce": leaders,
  },
  consumers: [exposureConsumer],
  timers: [{ name: "improvements", run: (ctx: Ctx) => measureDue(ctx), nextAt: nextReviewAt }],
  due: improvementsDue,
};
