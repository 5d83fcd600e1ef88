import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { creatingEndpoints, recordEndpoints } from "#records";
import { playType } from "./play.ts";
import { effectOf, runsOf, runsWith } from "./queries.ts";

const byId = z.object({ id: z.uuid() });

export const playsApi = {
  ...recordEndpoints(playType),
  ...creatingEndpoints(playType),
  runs: endpoint({
    route: "GET /plays/{id}/runs",
    may: "plays.read",
    summary: "Customers who met the play's trigger, newest first, with what came of it",
    input: byId.extend({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.uuid().optional() }),
    run: (ctx: Ctx, { id, ...page }) => runsOf(ctx, id, page),
  }),
  effect: endpoint({
    route: "GET /plays/{id}/effect",
    may: "plays.read",
    summary: "What the play is worth: those treated against those left alone, with interval and verdict",
    input: byId,
    run: (ctx: Ctx, { id }) => effectOf(ctx, id),
  }),
  ofContact: endpoint({
    route: "GET /contacts/{id}/plays",
    may: "plays.read",
    summary: "The plays a contact was in",
    input: byId,
    run: async (ctx: Ctx, { id }) => ({ items: await runsWith(ctx, { contact_id: id }) }),
  }),
  ofAccount: endpoint({
    route: "GET /accounts/{id}/plays",
    may: "plays.read",
    summary: "The plays an account was in",
    input: byId,
    run: async (ctx: Ctx, { id }) => ({ items: await runsWith(ctx, { account_id: id }) }),
  }),
};
export type PlaysApi = typeof playsApi;
