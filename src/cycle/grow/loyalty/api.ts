import { sql } from "kysely";
import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { newId } from "#kernel/id";
import { exponentOf } from "#kernel/money";
import { invalid, notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { cleanText } from "#records";
import { adjustPoints } from "./grant.ts";
import { memberOf } from "./member.ts";
import { changeProgram, startProgram } from "./program.ts";
import { loyaltyTold, membersOf } from "./queries.ts";
import { rulesSchema, usualRules } from "./rules.ts";
import { applyVoucher, cancelVoucher, redeemReward } from "./voucher.ts";

const byId = z.object({ id: z.uuid() });
const words = (max: number) => z.string().max(4 * max).transform(cleanText).pipe(z.string().min(1).max(max)); // prettier-ignore
const zone = z.string().min(1).max(60);
/** Sent again under the same key, it is done once. */
const key = z.uuid().optional();

async function memberIn(ctx: Ctx, who: { contact: string } | { member: string }) {
  const told = await memberOf(ctx, who);
  if (!told) throw notFound("member");
  return told;
}

async function orderNumbered(ctx: Ctx, number: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from orders where number = ${number} and deleted_at is null`.execute(ctx.db); // prettier-ignore
  if (!rows[0]) throw invalid("order", "There is no order with this number.");
  return rows[0].id;
}

export const loyaltyApi = {
  told: endpoint({
    route: "GET /loyalty",
    may: "loyalty.read",
    summary: "The loyalty programme: rules and their versions, what is owed to members, tiers, newest movements",
    input: z.object({}),
    run: loyaltyTold,
  }),
  usual: endpoint({
    route: "GET /loyalty/usual",
    may: "loyalty.read",
    summary: "The rules a new programme begins with",
    input: z.object({}),
    run: (ctx: Ctx) => ({ rules: usualRules(10 ** exponentOf(ctx.workspace.currency)), zone: ctx.workspace.time_zone }),
  }),
  start: endpoint({
    route: "POST /loyalty",
    may: "loyalty.manage",
    summary: "Start the programme: orders paid from now on earn points",
    input: z.object({ name: words(100), zone, rules: rulesSchema }),
    status: 201,
    run: async (ctx: Ctx, said) => (await startProgram(ctx, said), loyaltyTold(ctx)),
  }),
  change: endpoint({
    route: "PATCH /loyalty",
    may: "loyalty.manage",
    summary: "Change the programme; changed rules are a new version, and hold for what is earned and spent from now on",
    input: z.object({ version: z.number("Send If-Match with the version you saw.").int(), name: words(100).optional(), active: z.boolean().optional(), rules: rulesSchema.optional() }), // prettier-ignore
    run: async (ctx: Ctx, said) => (await changeProgram(ctx, said), loyaltyTold(ctx)),
  }),
  members: endpoint({
    route: "GET /members",
    may: "loyalty.read",
    summary: "Members of the programme, those with the most points first",
    input: z.object({ tier: z.string().max(40).optional(), limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.uuid().optional() }), // prettier-ignore
    run: membersOf,
  }),
  member: endpoint({
    route: "GET /members/{id}",
    may: "loyalty.read",
    summary: "One member: balances, lots, vouchers, journal, and the address of their own page",
    input: byId,
    run: (ctx: Ctx, { id }) => memberIn(ctx, { member: id }),
  }),
  ofContact: endpoint({
    route: "GET /contacts/{id}/loyalty",
    may: "loyalty.read",
    summary: "A contact's membership; null for who is no member",
    input: byId,
    run: async (ctx: Ctx, { id }) => ({ member: await memberOf(ctx, { contact: id }) }),
  }),
  adjust: endpoint({
    route: "POST /contacts/{id}/points",
    may: "loyalty.adjust",
    summary: "Correct a balance by hand, with a reason; below zero takes points away",
    input: byId.extend({ points: z.int().min(-1e9).max(1e9), reason: words(400), key }),
    run: async (ctx: Ctx, { id, ...a }) => {
      if (a.points === 0) throw invalid("points", "Write how many points, with a minus to take them away.");
      await adjustPoints(ctx, { contact_id: id, points: a.points, reason: a.reason, key: `hand:${a.key ?? newId()}` });
      return memberIn(ctx, { contact: id });
    },
  }),
  redeem: endpoint({
    route: "POST /contacts/{id}/vouchers",
    may: "loyalty.redeem",
    summary: "Take the reward for a contact: its points are reserved and a voucher is issued",
    input: byId.extend({ key }),
    status: 201,
    run: async (ctx: Ctx, { id, key: once }) => ({ code: await redeemReward(ctx, { contact_id: id, key: `desk:${id}:${once ?? newId()}` }) }), // prettier-ignore
  }),
  use: endpoint({
    route: "POST /vouchers/use",
    may: "loyalty.redeem",
    summary: "Use a voucher on an order: it pays what is due, at most its amount",
    input: z.object({ code: z.string().max(40), order: z.string().max(100) }),
    run: async (ctx: Ctx, { code, order }) => ({ paid: await applyVoucher(ctx, { code, order_id: await orderNumbered(ctx, order.trim()) }) }), // prettier-ignore
  }),
  cancel: endpoint({
    route: "POST /vouchers/{id}/cancel",
    may: "loyalty.redeem",
    summary: "Cancel a voucher that was not used: its points go back to where they came from",
    input: byId.extend({ reason: words(400).default("cancelled") }),
    run: async (ctx: Ctx, { id, reason }) => (await cancelVoucher(ctx, id, reason), { cancelled: true }),
  }),
};
export type LoyaltyApi = typeof loyaltyApi;
