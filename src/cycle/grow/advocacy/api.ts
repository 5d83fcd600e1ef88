import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { cleanText, recordEndpoints } from "#records";
import { makeAdvocate, shareUrl, suspendAdvocate } from "./advocate.ts";
import { askToRefer } from "./mail.ts";
import { changeReferralProgram, referralProgram } from "./program.ts";
import { aroundContact, qrOf, tally } from "./queries.ts";
import { referralType } from "./referral.ts";
import { clearReferral, readmitReferral, refuseReferral, thankAdvocate } from "./review.ts";

const byId = z.object({ id: z.uuid() });
const words = (max: number) => z.string().max(max * 4).transform(cleanText).pipe(z.string().max(max)); // prettier-ignore
const { list, get } = recordEndpoints(referralType);

export const referralsApi = {
  list,
  get,
  tally: endpoint({
    route: "GET /referral-tally",
    may: "referrals.read",
    summary: "How many referrals stand where, and how many wait for a look",
    input: z.object({}),
    run: (ctx: Ctx) => tally(ctx),
  }),
  ofContact: endpoint({
    route: "GET /contacts/{id}/referrals",
    may: "referrals.read",
    summary: "Whom a contact brought, who brought them, and their links",
    input: byId,
    run: (ctx: Ctx, { id }) => aroundContact(ctx, id),
  }),
  share: endpoint({
    route: "POST /contacts/{id}/referral-code",
    may: "referrals.update",
    summary: "Give a contact their code to share, with its address and a QR code",
    input: byId,
    run: async (ctx: Ctx, { id }) => {
      const url = shareUrl(ctx, await makeAdvocate(ctx, id));
      return { url, svg: await qrOf(url) };
    },
  }),
  suspend: endpoint({
    route: "PATCH /contacts/{id}/referral-code",
    may: "referrals.update",
    summary: "Let a contact's code bring nobody any more, or again",
    input: byId.extend({ suspended: z.boolean() }),
    status: 204,
    run: (ctx: Ctx, { id, suspended }) => suspendAdvocate(ctx, id, suspended),
  }),
  ask: endpoint({
    route: "POST /contacts/{id}/referral-request",
    may: "referrals.update",
    summary: "Ask a contact by mail to recommend us, within their budget of mails; answers why it is held back",
    input: byId.extend({ message: words(2000).optional() }),
    run: (ctx: Ctx, { id, message }) => askToRefer(ctx, id, message),
  }),
  clear: endpoint({
    route: "POST /referrals/{id}/clear",
    may: "referrals.update",
    summary: "Let a referral count after a look at it",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => clearReferral(ctx, id, true),
  }),
  lookAgain: endpoint({
    route: "DELETE /referrals/{id}/clear",
    may: "referrals.update",
    summary: "Have a referral looked at again",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => clearReferral(ctx, id, false),
  }),
  refuse: endpoint({
    route: "POST /referrals/{id}/refuse",
    may: "referrals.update",
    summary: "Refuse a referral, with a reason",
    input: byId.extend({ reason: words(500).pipe(z.string().min(1, "Say why.")) }),
    status: 204,
    run: (ctx: Ctx, { id, reason }) => refuseReferral(ctx, id, reason),
  }),
  readmit: endpoint({
    route: "DELETE /referrals/{id}/refuse",
    may: "referrals.update",
    summary: "Take the refusal of a referral back",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => readmitReferral(ctx, id),
  }),
  thank: endpoint({
    route: "POST /referrals/{id}/thanked",
    may: "referrals.update",
    summary: "Note that the advocate was thanked",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => thankAdvocate(ctx, id, true),
  }),
  unthank: endpoint({
    route: "DELETE /referrals/{id}/thanked",
    may: "referrals.update",
    summary: "Note that the advocate was not thanked after all",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => thankAdvocate(ctx, id, false),
  }),
  program: endpoint({
    route: "GET /referral-program",
    may: "referrals.read",
    summary: "How the company thanks those who recommend it",
    input: z.object({}),
    run: (ctx: Ctx) => referralProgram(ctx),
  }),
  changeProgram: endpoint({
    route: "PATCH /referral-program",
    may: "referrals.settings",
    summary: "Change the referral programme for friends who sign up from now on",
    input: z.strictObject({
      active: z.boolean(),
      headline: words(200).pipe(z.string().min(1, "Write a headline.")),
      words: words(4000),
      reward_points: z.int().min(0).max(1_000_000),
      friend_promotion_id: z.uuid().nullable(),
      min_order: z.int().min(0).max(1e12),
      window_days: z.int().min(1).max(365),
      advocate_limit: z.int().min(1).max(1000),
      daily_flag: z.int().min(1).max(1000),
      version: z.number("Send If-Match with the version you saw.").int(),
    }),
    run: async (ctx: Ctx, input) => {
      await changeReferralProgram(ctx, input);
      return referralProgram(ctx);
    },
  }),
};
export type ReferralsApi = typeof referralsApi;
