import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { modelTold, predictionOf } from "./queries.ts";

const byId = z.object({ id: z.uuid() });

export const predictionsApi = {
  told: endpoint({
    route: "GET /predictions",
    may: "contacts.read",
    summary: "The model of what customers are going to order: what it was learnt from, and how well it told this company's own past",
    input: z.object({}),
    run: (ctx: Ctx) => modelTold(ctx),
  }),
  ofContact: endpoint({
    route: "GET /contacts/{id}/prediction",
    may: "contacts.read",
    summary: "What a contact is expected to order in the next 12 months, with the interval in which 80 of 100 such customers lie; nothing where it may not be believed",
    input: byId,
    run: (ctx: Ctx, { id }) => predictionOf(ctx, { contact_id: id }),
  }),
  ofAccount: endpoint({
    route: "GET /accounts/{id}/prediction",
    may: "accounts.read",
    summary: "What everybody who orders for an account is expected to order in the next 12 months",
    input: byId,
    run: (ctx: Ctx, { id }) => predictionOf(ctx, { account_id: id }),
  }),
}; // prettier-ignore
export type PredictionsApi = typeof predictionsApi;
