import "./merge.ts";
import "./purge.ts";
import type { Ctx } from "#platform/context";
import { referralsApi } from "./api.ts";
import { advocacyConsumer, nextDueAt, settleDue } from "./consumer.ts";
import { referralsDue } from "./due.ts";
import { referralPages } from "./pages.ts";

export default {
  name: "advocacy",
  apis: { referrals: referralsApi },
  permissions: {
    "referrals.read": ["admin", "manager", "agent", "viewer"],
    "referrals.update": ["admin", "manager", "agent"],
    "referrals.settings": ["admin", "manager"],
  },
  consumers: [advocacyConsumer],
  timers: [{ name: "advocacy", run: (ctx: Ctx) => settleDue(ctx), nextAt: nextDueAt }],
  pages: referralPages,
  due: referralsDue,
} as const;
