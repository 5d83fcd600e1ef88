import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { creatingEndpoints, recordEndpoints } from "#records";
import { askSegment, callOff } from "./invite.ts";
import { previewOf } from "./preview.ts";
import { answersOf, heldBy, ofCustomer } from "./queries.ts";
import { resultsOf } from "./results.ts";
import { surveyType } from "./survey.ts";

const byId = z.object({ id: z.uuid() });
const day = z.iso.date();
const yearMs = 365 * 86_400_000;

export const surveysApi = {
  ...recordEndpoints(surveyType),
  ...creatingEndpoints(surveyType),
  results: endpoint({
    route: "GET /surveys/{id}/results",
    may: "surveys.read",
    summary: "What a survey found: the figure with its interval, distribution, trend, response rate and who was not asked; the last 365 days unless said",
    input: byId.extend({ from: day.optional(), until: day.optional(), segment_id: z.uuid().optional(), version: z.coerce.number().int().positive().optional() }),
    run: (ctx: Ctx, { id, from, until, segment_id, version }) => {
      const end = until ? new Date(until) : ctx.clock();
      return resultsOf(ctx, id, { from: from ? new Date(from) : new Date(end.getTime() - yearMs), until: end, segment_id, version });
    },
  }),
  answers: endpoint({
    route: "GET /surveys/{id}/answers",
    may: "surveys.read",
    summary: "A survey's answers with who gave them, newest first",
    input: byId.extend({
      least: z.coerce.number().int().min(0).max(10).default(0),
      most: z.coerce.number().int().min(0).max(10).default(10),
      commented: z.stringbool().default(false),
      segment_id: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.uuid().optional(),
    }),
    run: (ctx: Ctx, { id, ...page }) => answersOf(ctx, id, page),
  }),
  held: endpoint({
    route: "GET /surveys/{id}/held",
    may: "surveys.read",
    summary: "Who was not asked by one rule, the latest first, at most 200",
    input: byId.extend({ code: z.string().min(1).max(40) }),
    run: async (ctx: Ctx, { id, code }) => ({ items: await heldBy(ctx, id, code) }),
  }),
  previewed: endpoint({
    route: "GET /surveys/{id}/previewed",
    may: "surveys.read",
    summary: "What a survey's mail and page say",
    input: byId,
    run: (ctx: Ctx, { id }) => previewOf(ctx, id),
  }),
  ask: endpoint({
    route: "POST /surveys/{id}/ask",
    may: "surveys.send",
    summary: "Ask everybody in a segment, beginning in a minute; whoever may not be asked is held back with the reason",
    input: byId.extend({ segment_id: z.uuid() }),
    run: (ctx: Ctx, { id, segment_id }) => askSegment(ctx, id, segment_id),
  }),
  callOff: endpoint({
    route: "POST /surveys/{id}/call-off",
    may: "surveys.send",
    summary: "Take back what of a sending by hand has not left",
    input: byId.extend({ wave: z.string().min(1).max(60) }),
    run: async (ctx: Ctx, { id, wave }) => ({ called_off: await callOff(ctx, id, wave) }),
  }),
  ofContact: endpoint({
    route: "GET /contacts/{id}/surveys",
    may: "surveys.read",
    summary: "What a contact answered last, and which answers are still to come",
    input: byId,
    run: (ctx: Ctx, { id }) => ofCustomer(ctx, { contact_id: id }),
  }),
  ofAccount: endpoint({
    route: "GET /accounts/{id}/surveys",
    may: "surveys.read",
    summary: "What the people of an account answered last, and which answers are still to come",
    input: byId,
    run: (ctx: Ctx, { id }) => ofCustomer(ctx, { account_id: id }),
  }),
}; // prettier-ignore
export type SurveysApi = typeof surveysApi;
