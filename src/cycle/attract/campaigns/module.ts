import "./purge.ts";
import type { Ctx, Role } from "#platform/context";
import { campaignsApi } from "./api.ts";
import { campaignsDue } from "./due.ts";
import { previewRoute } from "./preview.ts";
import { nextCampaignAt, runCampaigns } from "./run.ts";

const everybody: readonly Role[] = ["admin", "manager", "agent", "viewer"];
const workers: readonly Role[] = ["admin", "manager", "agent"];
const leaders: readonly Role[] = ["admin", "manager"];

export default {
  name: "campaigns",
  apis: { campaigns: campaignsApi },
  permissions: {
    "campaigns.read": everybody,
    "campaigns.create": workers,
    "campaigns.update": workers,
    "campaigns.send": leaders,
    "campaigns.delete": leaders,
  },
  timers: [{ name: "campaigns", run: (ctx: Ctx) => runCampaigns(ctx), nextAt: nextCampaignAt }],
  due: campaignsDue,
  routes: previewRoute,
};
