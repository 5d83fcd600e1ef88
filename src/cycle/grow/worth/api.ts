import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { worthOf } from "./queries.ts";
import { dismiss, offerAgain, recommendFor } from "./recommend.ts";

const byId = z.object({ id: z.uuid() });
const one = byId.extend({ product_id: z.uuid() });

export const worthApi = {
  told: endpoint({
    route: "GET /worth",
    may: "contacts.read",
    summary: "Where all who bought stand by recency, frequency and money, and how well that told the future before",
    input: z.object({}),
    run: (ctx: Ctx) => worthOf(ctx),
  }),
  ofContact: endpoint({
    route: "GET /contacts/{id}/recommendations",
    may: "contacts.read",
    summary: "What to offer a contact: what they buy again, and what is new for them, each with its reason",
    input: byId,
    run: (ctx: Ctx, { id }) => recommendFor(ctx, { contact_id: id }),
  }),
  ofAccount: endpoint({
    route: "GET /accounts/{id}/recommendations",
    may: "accounts.read",
    summary: "What to offer an account: what it buys again, and what is new for it, each with its reason",
    input: byId,
    run: (ctx: Ctx, { id }) => recommendFor(ctx, { account_id: id }),
  }),
  dismiss: endpoint({
    route: "POST /contacts/{id}/recommendations/{product_id}/dismiss",
    may: "contacts.update",
    summary: "Do not offer this product to this contact any more",
    input: one,
    status: 204,
    run: (ctx: Ctx, { id, product_id }) => dismiss(ctx, id, product_id),
  }),
  offerAgain: endpoint({
    route: "DELETE /contacts/{id}/recommendations/{product_id}/dismiss",
    may: "contacts.update",
    summary: "Offer this product to this contact again",
    input: one,
    status: 204,
    run: (ctx: Ctx, { id, product_id }) => offerAgain(ctx, id, product_id),
  }),
};
export type WorthApi = typeof worthApi;
