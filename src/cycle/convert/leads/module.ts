import "./import.ts";
import "./merge.ts";
import "./purge.ts";
import type { Ctx, Role } from "#platform/context";
import { leadsApi } from "./api.ts";
import { leadsConsumer } from "./consumer.ts";
import { leadsDue } from "./due.ts";
import { leadsOpen } from "./open-with.ts";
import { leadScoreApi } from "./score/api.ts";
import { scoresConsumer } from "./score/consumer.ts";
import { nextScoreAt, rescoreJob, runDueScores } from "./score/rescore.ts";
import { seedScore } from "./score/rules.ts";

const everybody: readonly Role[] = ["admin", "manager", "agent", "viewer"];
const workers: readonly Role[] = ["admin", "manager", "agent"];
const leaders: readonly Role[] = ["admin", "manager"];

export default {
  name: "leads",
  apis: { leads: leadsApi, leadScore: leadScoreApi },
  permissions: {
    "leads.read": everybody,
    "leads.create": workers,
    "leads.update": workers,
    "leads.convert": workers,
    "leads.delete": leaders,
    "leads.settings": leaders,
  },
  jobs: [rescoreJob],
  consumers: [leadsConsumer, scoresConsumer],
  timers: [{ name: "lead-scores", run: (ctx: Ctx) => runDueScores(ctx), nextAt: nextScoreAt }],
  due: leadsDue,
  open: leadsOpen,
  onStart: seedScore,
};
