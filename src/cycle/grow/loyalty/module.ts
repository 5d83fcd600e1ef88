import "./merge.ts";
import "./purge.ts";
import type { Ctx } from "#platform/context";
import { loyaltyApi } from "./api.ts";
import { loyaltyConsumer, movePoints, nextMoveAt } from "./consumer.ts";
import { loyaltyPages } from "./pages.ts";

/** Points for what customers buy, with nothing lost, nothing twice, and every balance explained. */
export default {
  name: "loyalty",
  apis: { loyalty: loyaltyApi },
  permissions: {
    "loyalty.read": ["admin", "manager", "agent", "viewer"],
    "loyalty.redeem": ["admin", "manager", "agent"],
    "loyalty.adjust": ["admin", "manager"],
    "loyalty.manage": ["admin", "manager"],
  },
  consumers: [loyaltyConsumer],
  timers: [{ name: "loyalty", run: (ctx: Ctx) => movePoints(ctx), nextAt: nextMoveAt }],
  pages: loyaltyPages,
} as const;
