import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { cleanText, createRecord, recordEndpoints, updateRecord, valuesSchema } from "#records";
import { announce, listenersOf, scoresOf } from "./announce.ts";
import { decide, extendReview, reopen, stopImprovement } from "./decide.ts";
import { improvement, improvementType, nextSteps } from "./improvement.ts";
import { checkPlan, metricWords, planSchema } from "./plan.ts";
import { improvementLines, improvementsOf, improvementTold } from "./queries.ts";
import { sizeOf } from "./size.ts";
import { startImprovement } from "./start.ts";

const byId = z.object({ id: z.uuid() });
const words = (most: number) => z.string().max(most * 4).transform(cleanText).pipe(z.string().max(most)); // prettier-ignore
const instant = z.iso.datetime({ offset: true, error: "An instant is written 2026-11-22T10:00:00Z." }).transform((v) => new Date(v)); // prettier-ignore
const { list, trash, restore, history } = recordEndpoints(improvementType);

export const improvementsApi = {
  list,
  trash,
  restore,
  history,
  board: endpoint({
    route: "GET /improvements/board",
    may: "improvements.read",
    summary: "All improvements with what they count and their last figures, what is reviewed next first",
    input: z.object({}),
    run: async (ctx: Ctx) => ({ items: await improvementLines(ctx) }),
  }),
  get: endpoint({
    route: "GET /improvements/{id}",
    may: "improvements.read",
    summary: "One improvement: its frozen plan, its size, how it stands now, its measurements",
    input: byId,
    run: (ctx: Ctx, { id }) => improvementTold(ctx, id),
  }),
  size: endpoint({
    route: "POST /improvements/size",
    may: "improvements.read",
    summary: "How many people a plan takes per arm and how long that lasts at the present inflow",
    input: z.object({ plan: planSchema }),
    run: async (ctx: Ctx, { plan }) => {
      checkPlan(plan);
      return { ...(await sizeOf(ctx, plan)), counts: metricWords(plan.metric) };
    },
  }),
  create: endpoint({
    route: "POST /improvements",
    may: "improvements.create",
    summary: "Draft an improvement: what changes, for whom, and how we will know",
    input: valuesSchema(improvement, "create").extend({ plan: planSchema }),
    status: 201,
    run: async (ctx: Ctx, values) => improvementTold(ctx, (await createRecord(ctx, improvementType, values)).id),
  }),
  update: endpoint({
    route: "PATCH /improvements/{id}",
    may: "improvements.update",
    summary: "Change an improvement; its plan only while it is a draft",
    input: valuesSchema(improvement, "update").extend({
      id: z.uuid(),
      version: z.number("Send If-Match with the version you saw.").int(),
      plan: planSchema.optional(),
    }),
    run: async (ctx: Ctx, { id, version, ...values }) => {
      await updateRecord(ctx, improvementType, String(id), Number(version), values);
      return improvementTold(ctx, String(id));
    },
  }),
  start: endpoint({
    route: "POST /improvements/{id}/start",
    may: "improvements.update",
    summary: "Start it: plan, size and baseline are frozen, and customers are assigned as they come",
    input: byId.extend({ review_at: instant }),
    run: async (ctx: Ctx, { id, review_at }) => {
      await startImprovement(ctx, id, review_at);
      return improvementTold(ctx, id);
    },
  }),
  decide: endpoint({
    route: "POST /improvements/{id}/decide",
    may: "improvements.update",
    summary: "Decide what follows from the verdict: keep, stop, change or repeat; the last two make a new draft",
    input: byId.extend({ next_step: z.enum(nextSteps) }),
    run: async (ctx: Ctx, { id, next_step }) => ({ next_id: await decide(ctx, id, next_step) }),
  }),
  reopen: endpoint({
    route: "POST /improvements/{id}/reopen",
    may: "improvements.update",
    summary: "Take the decision back",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => reopen(ctx, id),
  }),
  extend: endpoint({
    route: "POST /improvements/{id}/extend",
    may: "improvements.update",
    summary: "Give it more time: it runs on until a later review",
    input: byId.extend({ review_at: instant }),
    run: async (ctx: Ctx, { id, review_at }) => {
      await extendReview(ctx, id, review_at);
      return improvementTold(ctx, id);
    },
  }),
  stop: endpoint({
    route: "POST /improvements/{id}/stop",
    may: "improvements.update",
    summary: "End it without a verdict",
    input: byId.extend({ reason: words(500).pipe(z.string().min(1, "Say why.")) }),
    status: 204,
    run: (ctx: Ctx, { id, reason }) => stopImprovement(ctx, id, reason),
  }),
  listeners: endpoint({
    route: "GET /improvements/{id}/listeners",
    may: "improvements.read",
    summary: "Those who raised what it is about: who would be told now, who is held back and why, who was told, and how they scored us since",
    input: byId,
    run: async (ctx: Ctx, { id }) => ({ items: await listenersOf(ctx, id), scores: await scoresOf(ctx, id) }),
  }),
  announce: endpoint({
    route: "POST /improvements/{id}/announce",
    may: "improvements.announce",
    summary: "Tell those who raised it what was made of it, each once, within consent and contact budget",
    input: byId.extend({
      subject: words(200).transform((v) => v.replaceAll(/\s+/g, " ")).pipe(z.string().min(1, "Say what it is about.")),
      text: words(5000).pipe(z.string().min(1, "Write something.")),
    }),
    status: 202,
    run: (ctx: Ctx, { id, ...letter }) => announce(ctx, id, letter),
  }),
  of: endpoint({
    route: "GET /contacts/{id}/improvements",
    may: "improvements.read",
    summary: "What is tried with a contact, and what they were told about",
    input: byId,
    run: async (ctx: Ctx, { id }) => ({ items: await improvementsOf(ctx, id) }),
  }),
}; // prettier-ignore
export type ImprovementsApi = typeof improvementsApi;
