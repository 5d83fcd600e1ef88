import "./merge.ts";
import "./purge.ts";
import type { Ctx, Role } from "#platform/context";
import { mailApi } from "./api.ts";
import { nextSendAt } from "./claim.ts";
import { hitPages } from "./pages/hits.ts";
import { preferencePages } from "./pages/preferences.ts";
import { unsubscribePages } from "./pages/unsubscribe.ts";
import { sendDue } from "./sender.ts";
import { judgeHits, nextJudgingAt } from "./tracking/judge.ts";

const everybody: readonly Role[] = ["admin", "manager", "agent", "viewer"];

export default {
  name: "channels",
  apis: { mail: mailApi },
  permissions: {
    "mail.read": everybody,
    "mail.send": ["admin", "manager"] as readonly Role[],
    "mail.update": ["admin"] as readonly Role[],
  },
  pages: [...unsubscribePages, ...preferencePages, ...hitPages],
  timers: [
    { name: "mail", run: (ctx: Ctx) => sendDue(ctx), nextAt: nextSendAt },
    { name: "mail hits", run: (ctx: Ctx) => judgeHits(ctx), nextAt: nextJudgingAt },
  ],
};
