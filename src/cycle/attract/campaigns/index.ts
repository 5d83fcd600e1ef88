export { campaign, campaignType } from "./campaign.ts";
export { startCampaign, scheduleCampaign } from "./commands.ts";
export { forgetCampaigns, leaveSegments } from "./forget.ts";
export { startingTemplates } from "./letter/templates.ts";
export type { CampaignsApi } from "./api.ts";
export type { CampaignTold } from "./queries.ts";
export type { Report, AttributedOrder } from "./report.ts";
