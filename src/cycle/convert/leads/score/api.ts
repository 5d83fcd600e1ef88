import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { previewScore } from "./preview.ts";
import { rulesSchema } from "./rule.ts";
import { applyScore, currentScore, scoreVersions } from "./rules.ts";

export const leadScoreApi = {
  get: endpoint({
    route: "GET /lead-score",
    may: "leads.read",
    summary: "The rules that score leads, and their versions",
    input: z.object({}),
    run: async (ctx: Ctx) => ({ ...(await currentScore(ctx)), versions: await scoreVersions(ctx) }),
  }),
  preview: endpoint({
    route: "POST /lead-score/preview",
    may: "leads.read",
    summary: "What rules would do to the open leads; nothing is changed",
    input: rulesSchema,
    run: (ctx: Ctx, rules) => previewScore(ctx, rules),
  }),
  apply: endpoint({
    route: "PUT /lead-score",
    may: "leads.settings",
    summary: "Apply rules as the next version; a job scores the open leads anew",
    input: rulesSchema.extend({ expected_version: z.int().min(0), note: z.string().trim().max(300).default("") }),
    status: 202,
    run: (ctx: Ctx, { expected_version, note, ...rules }) => applyScore(ctx, rules, expected_version, note),
  }),
};
export type LeadScoreApi = typeof leadScoreApi;
