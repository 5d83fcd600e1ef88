import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import {
  checkRequired,
  createRecord,
  describedFor,
  recordEndpoints,
  restoreRecord,
  updateRecord,
  valuesSchema,
} from "#records";
import { campaign, campaignType } from "./campaign.ts";
import { audienceOf, cancelCampaign, copyCampaign, mailFor, pauseCampaign, resumeCampaign, scheduleCampaign, sendAgain, sendTest, startCampaign, unscheduleCampaign } from "./commands.ts"; // prettier-ignore
import { mergeFields } from "./letter/fields.ts";
import { startingTemplates } from "./letter/templates.ts";
import { findCampaign } from "./queries.ts";
import { ordersOf, reportOf } from "./report.ts";

const byId = z.object({ id: z.uuid() });
const body = z.string().max(200_000, "A mail has at most 200,000 letters.").transform((v) => v.toWellFormed().replaceAll("\u0000", "")); // prettier-ignore
const days = z.coerce.number().int().min(1).max(365).default(30);
const asReader = byId.extend({ contact_id: z.uuid().optional() });
const { list, trash, history } = recordEndpoints(campaignType);

export const campaignsApi = {
  list,
  trash,
  history,
  get: endpoint({
    route: "GET /campaigns/{id}",
    may: "campaigns.read",
    summary: "One campaign with its mail, what is wrong with it, and where its mails stand",
    input: byId,
    run: (ctx: Ctx, { id }) => findCampaign(ctx, id),
  }),
  create: endpoint({
    route: "POST /campaigns",
    may: "campaigns.create",
    summary: "Draft a campaign; without a body it begins with a letter",
    input: valuesSchema(campaign, "create").extend({ body: body.optional(), template: z.string().max(40).optional() }),
    status: 201,
    run: async (ctx: Ctx, { template, ...values }) => {
      checkRequired(ctx, await describedFor(ctx, campaign), values);
      const start = startingTemplates.find((t) => t.key === template) ?? startingTemplates[0]!;
      const begun = {
        body: start.body,
        ...Object.fromEntries(Object.entries(values).filter(([, v]) => v !== null && v !== undefined && v !== "")),
      };
      const letter = { subject: start.subject, preheader: start.preheader, ...begun };
      return findCampaign(ctx, (await createRecord(ctx, campaignType, { tracked: true, ...letter })).id);
    },
  }),
  update: endpoint({
    route: "PATCH /campaigns/{id}",
    may: "campaigns.update",
    summary: "Change a campaign that was not started",
    input: valuesSchema(campaign, "update").extend({
      id: z.uuid(),
      version: z.number("Send If-Match with the version you saw.").int(),
      body: body.optional(),
    }),
    run: async (ctx: Ctx, { id, version, ...values }) => {
      await updateRecord(ctx, campaignType, String(id), Number(version), values);
      return findCampaign(ctx, String(id));
    },
  }),
  restore: endpoint({
    route: "POST /campaigns/{id}/restore",
    may: "campaigns.delete",
    summary: "Take a campaign out of the trash",
    input: byId,
    run: async (ctx: Ctx, { id }) => {
      await restoreRecord(ctx, campaignType, id);
      return findCampaign(ctx, id);
    },
  }),
  copy: endpoint({
    route: "POST /campaigns/{id}/copy",
    may: "campaigns.create",
    summary: "A new draft with the same mail and segment",
    input: byId,
    status: 201,
    run: (ctx: Ctx, { id }) => copyCampaign(ctx, id),
  }),
  beginnings: endpoint({
    route: "GET /campaigns/templates",
    may: "campaigns.read",
    summary: "Mails to begin with, and the merge fields a mail may hold",
    input: z.object({}),
    run: () => ({ templates: startingTemplates, fields: mergeFields }),
  }),
  audience: endpoint({
    route: "GET /campaigns/audience",
    may: "campaigns.read",
    summary: "How many are in a segment now, and how many of them agreed to news",
    input: z.object({ segment_id: z.uuid() }),
    run: (ctx: Ctx, { segment_id }) => audienceOf(ctx, segment_id),
  }),
  mail: endpoint({
    route: "GET /campaigns/{id}/mail",
    may: "campaigns.read",
    summary: "Subject and text of the mail as a contact would get it",
    input: asReader,
    run: async (ctx: Ctx, { id, contact_id }) => {
      const { written } = await mailFor(ctx, id, contact_id ?? null);
      return { subject: written.subject, text: written.text, from: written.from };
    },
  }),
  test: endpoint({
    route: "POST /campaigns/{id}/test",
    may: "campaigns.update",
    summary: "Send the mail to yourself, as a contact would get it",
    input: asReader,
    run: (ctx: Ctx, { id, contact_id }) => sendTest(ctx, id, contact_id ?? null),
  }),
  start: endpoint({
    route: "POST /campaigns/{id}/start",
    may: "campaigns.send",
    summary: "Send it now to everybody in the segment who agreed",
    input: byId,
    run: (ctx: Ctx, { id }) => startCampaign(ctx, id),
  }),
  schedule: endpoint({
    route: "POST /campaigns/{id}/schedule",
    may: "campaigns.send",
    summary: "Send it at a wall-clock time of the company's zone",
    input: byId.extend({ at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, "A time is written 2026-12-01T09:00.") }),
    run: (ctx: Ctx, { id, at }) => scheduleCampaign(ctx, id, at),
  }),
  unschedule: endpoint({
    route: "POST /campaigns/{id}/unschedule",
    may: "campaigns.send",
    summary: "Take a scheduled campaign back to the drafts",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => unscheduleCampaign(ctx, id),
  }),
  pause: endpoint({
    route: "POST /campaigns/{id}/pause",
    may: "campaigns.send",
    summary: "Stop sending where it stands",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => pauseCampaign(ctx, id),
  }),
  resume: endpoint({
    route: "POST /campaigns/{id}/resume",
    may: "campaigns.send",
    summary: "Go on where it stood",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => resumeCampaign(ctx, id),
  }),
  cancel: endpoint({
    route: "POST /campaigns/{id}/cancel",
    may: "campaigns.send",
    summary: "Call off what has not left",
    input: byId,
    run: (ctx: Ctx, { id }) => cancelCampaign(ctx, id),
  }),
  again: endpoint({
    route: "POST /campaigns/{id}/again",
    may: "campaigns.send",
    summary: "Send the mails in doubt once more: some may arrive twice",
    input: byId,
    run: (ctx: Ctx, { id }) => sendAgain(ctx, id),
  }),
  report: endpoint({
    route: "GET /campaigns/{id}/report",
    may: "campaigns.read",
    summary: "What became of it: sent, held, read, clicked, and paid orders by first and last touch",
    input: byId.extend({ days }),
    run: (ctx: Ctx, { id, days: within }) => reportOf(ctx, id, within),
  }),
  orders: endpoint({
    route: "GET /campaigns/{id}/orders",
    may: "campaigns.read",
    summary: "The paid orders a campaign is given, by first or last touch",
    input: byId.extend({ days, touch: z.enum(["first", "last"]) }),
    run: async (ctx: Ctx, { id, days: within, touch }) => ({ items: await ordersOf(ctx, id, within, touch) }),
  }),
};
export type CampaignsApi = typeof campaignsApi;
