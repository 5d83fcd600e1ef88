import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { healthNow, healthOverview } from "./queries.ts";

const byId = z.object({ id: z.uuid() });

export const healthApi = {
  told: endpoint({
    route: "GET /health",
    may: "contacts.read",
    summary: "How it stands with all customers, and how well the score of a quarter ago told who ordered since",
    input: z.object({}),
    run: (ctx: Ctx) => healthOverview(ctx),
  }),
  ofContact: endpoint({
    route: "GET /contacts/{id}/health",
    may: "contacts.read",
    summary: "How it stands with a contact: a score of 100, what it comes of, and how much of it is known",
    input: byId,
    run: (ctx: Ctx, { id }) => healthNow(ctx, { contact_id: id }),
  }),
  ofAccount: endpoint({
    route: "GET /accounts/{id}/health",
    may: "accounts.read",
    summary: "How it stands with an account, by what happened to it and its people",
    input: byId,
    run: (ctx: Ctx, { id }) => healthNow(ctx, { account_id: id }),
  }),
};
export type HealthApi = typeof healthApi;
