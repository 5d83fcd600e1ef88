import "./merge.ts";
import "./purge.ts";
import type { Ctx } from "#platform/context";
import { onboardingsApi, plansApi } from "./api.ts";
import { onboardingConsumer } from "./consumer.ts";
import { onboardingDue } from "./due.ts";
import { startPages } from "./pages.ts";
import { nextStallAt, stallDue } from "./stall.ts";

export default {
  name: "onboarding",
  apis: { plans: plansApi, onboardings: onboardingsApi },
  permissions: {
    "plans.read": ["admin", "manager", "agent", "viewer"],
    "plans.create": ["admin", "manager"],
    "plans.update": ["admin", "manager"],
    "plans.delete": ["admin", "manager"],
    "onboardings.read": ["admin", "manager", "agent", "viewer"],
    "onboardings.create": ["admin", "manager", "agent"],
    "onboardings.update": ["admin", "manager", "agent"],
  },
  consumers: [onboardingConsumer],
  timers: [{ name: "onboarding", run: (ctx: Ctx) => stallDue(ctx), nextAt: nextStallAt }],
  pages: startPages,
  due: onboardingDue,
} as const;
