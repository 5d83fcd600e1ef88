import "./import.ts";
import "./merge.ts";
import "./purge.ts";
import type { Ctx } from "#platform/context";
import { casesApi, slaApi } from "./api.ts";
import { nextTellAt, tellDue } from "./breach.ts";
import { casesDue } from "./due.ts";
import { casesOpen } from "./open-with.ts";
import { casePages } from "./page.ts";
import { seedPromises } from "./policy.ts";

/** Cases: what customers want settled, answered in time. */
export default {
  name: "support",
  apis: { cases: casesApi, sla: slaApi },
  permissions: {
    "cases.read": ["admin", "manager", "agent", "viewer"],
    "cases.create": ["admin", "manager", "agent"],
    "cases.update": ["admin", "manager", "agent"],
    "sla.manage": ["admin", "manager"],
  } as const,
  timers: [{ name: "cases", run: (ctx: Ctx) => tellDue(ctx), nextAt: nextTellAt }],
  pages: casePages,
  due: casesDue,
  open: casesOpen,
  onStart: seedPromises,
};
