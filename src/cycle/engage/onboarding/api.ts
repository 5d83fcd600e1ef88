import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { sql } from "kysely";
import { cleanText, createRecord, recordEndpoints, restoreRecord, updateRecord, valuesSchema } from "#records";
import { actOnStep, endOnboarding, resumeOnboarding } from "./act.ts";
import { onboardingType } from "./onboarding.ts";
import { plan, planType, type PlanRow } from "./plan.ts";
import { onboardingFigures, onboardingTold, onboardingsOf } from "./queries.ts";
import { inviteAgain, startByHand } from "./start.ts";
import { designSchema } from "./step.ts";

const byId = z.object({ id: z.uuid() });
const words = (most: number) => z.string().max(most * 4).transform(cleanText).pipe(z.string().min(1, "Say why.").max(most)); // prettier-ignore
const nothing = { status: 204 } as const;
const plans = recordEndpoints(planType);
const { list, get, update, history } = recordEndpoints(onboardingType);

async function planTold(ctx: Ctx, id: string): Promise<PlanRow & { product: { id: string; title: string } | null }> {
  const { rows } = await sql<PlanRow & { product: { id: string; title: string } | null }>`
    select o.*, (select json_build_object('id', r.id, 'title', r.name) from products r where r.id = o.product_id) as product from onboarding_plans o where o.id = ${id}`.execute(ctx.db); // prettier-ignore
  if (!rows[0]) throw notFound("plan");
  return rows[0];
}

export const plansApi = {
  list: plans.list,
  trash: plans.trash,
  history: plans.history,
  get: endpoint({
    route: "GET /plans/{id}",
    may: "plans.read",
    summary: "One onboarding plan with its steps of now",
    input: byId,
    run: (ctx: Ctx, { id }) => planTold(ctx, id),
  }),
  create: endpoint({
    route: "POST /plans",
    may: "plans.create",
    summary: "Make an onboarding plan",
    input: valuesSchema(plan, "create").extend({ design: designSchema }),
    status: 201,
    run: async (ctx: Ctx, values) => planTold(ctx, (await createRecord(ctx, planType, values)).id),
  }),
  update: endpoint({
    route: "PATCH /plans/{id}",
    may: "plans.update",
    summary: "Change an onboarding plan; other steps become its next version, and whoever began keeps theirs",
    input: valuesSchema(plan, "update").extend({
      id: z.uuid(),
      version: z.number("Send If-Match with the version you saw.").int(),
      design: designSchema.optional(),
    }),
    run: async (ctx: Ctx, { id, version, ...values }) => {
      await updateRecord(ctx, planType, String(id), Number(version), values);
      return planTold(ctx, String(id));
    },
  }),
  restore: endpoint({
    route: "POST /plans/{id}/restore",
    may: "plans.delete",
    summary: "Take an onboarding plan out of the trash",
    input: byId,
    run: async (ctx: Ctx, { id }) => {
      await restoreRecord(ctx, planType, id);
      return planTold(ctx, id);
    },
  }),
};

const stepInput = byId.extend({
  key: z.string().max(40),
  act: z.enum(["begin", "done", "skip", "not_applicable", "reopen"]),
  reason: words(500).optional(),
  answer: words(2000).optional(),
}).refine((i) => i.reason !== undefined || (i.act !== "skip" && i.act !== "not_applicable"), { path: ["reason"], message: "Say why." }); // prettier-ignore

export const onboardingsApi = {
  list,
  get,
  update,
  history,
  create: endpoint({
    route: "POST /onboardings",
    may: "onboardings.create",
    summary: "Begin a plan with a contact by hand",
    input: z.object({ plan_id: z.uuid(), contact_id: z.uuid() }),
    output: byId,
    status: 201,
    run: (ctx: Ctx, { plan_id, contact_id }) => startByHand(ctx, plan_id, contact_id),
  }),
  figures: endpoint({
    route: "GET /onboardings/figures",
    may: "onboardings.read",
    summary: "Median time to first value, share completed, and where unfinished ones stand",
    input: z.object({ plan_id: z.uuid().optional() }),
    run: (ctx: Ctx, { plan_id }) => onboardingFigures(ctx, plan_id),
  }),
  told: endpoint({
    route: "GET /onboardings/{id}/told",
    may: "onboardings.read",
    summary: "One onboarding with its steps, their evidence and the customer's link",
    input: byId,
    run: (ctx: Ctx, { id }) => onboardingTold(ctx, id),
  }),
  step: endpoint({
    route: "POST /onboardings/{id}/steps/{key}",
    may: "onboardings.update",
    summary: "Say what is with a step: begun, done, skipped, not applicable, or open again",
    input: stepInput,
    ...nothing,
    run: (ctx: Ctx, { id, key, act, reason, answer }) =>
      actOnStep(ctx, id, key, act === "skip" || act === "not_applicable" ? { act, reason: reason ?? "" } : act === "done" ? { act, answer } : { act }), // prettier-ignore
  }),
  end: endpoint({
    route: "POST /onboardings/{id}/end",
    may: "onboardings.update",
    summary: "End an onboarding unfinished",
    input: byId.extend({ reason: words(500) }),
    ...nothing,
    run: (ctx: Ctx, { id, reason }) => endOnboarding(ctx, id, reason),
  }),
  resume: endpoint({
    route: "POST /onboardings/{id}/resume",
    may: "onboardings.update",
    summary: "Take an ended onboarding up again where it stood",
    input: byId,
    ...nothing,
    run: (ctx: Ctx, { id }) => resumeOnboarding(ctx, id),
  }),
  invite: endpoint({
    route: "POST /onboardings/{id}/invitations",
    may: "onboardings.update",
    summary: "Mail the customer the link to their steps once more",
    input: byId,
    output: z.object({ held: z.string().nullable() }),
    status: 201,
    run: (ctx: Ctx, { id }) => inviteAgain(ctx, id),
  }),
  ofContact: endpoint({
    route: "GET /contacts/{id}/onboardings",
    may: "onboardings.read",
    summary: "The onboardings of a contact",
    input: byId,
    run: async (ctx: Ctx, { id }) => ({ items: await onboardingsOf(ctx, { contact_id: id }) }),
  }),
  ofAccount: endpoint({
    route: "GET /accounts/{id}/onboardings",
    may: "onboardings.read",
    summary: "The onboardings of an account and its people",
    input: byId,
    run: async (ctx: Ctx, { id }) => ({ items: await onboardingsOf(ctx, { account_id: id }) }),
  }),
};
export type PlansApi = typeof plansApi;
export type OnboardingsApi = typeof onboardingsApi;
