import { sql } from "kysely";
import { z } from "zod";
import { lockOrder, newOrderSchema, placeByHand, type NewOrder } from "#deliver/orders";
import { endpoint } from "#kernel/endpoint";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import { cleanText, creatingEndpoints, recordEndpoints } from "#records";
import { guardAttempts } from "./attempts.ts";
import { codesAtMost, codesOf, makeCodes, switchCode } from "./codes.ts";
import { promotionType } from "./promotion.ts";
import { codesCsv, onOrder, reportOf, usesOf } from "./queries.ts";
import { addGood, dropGood, goodsOf } from "./scope.ts";
import { releaseUse, redeemCode, standingUse } from "./use.ts";

const byId = z.object({ id: z.uuid() });
const paged = byId.extend({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.uuid().optional() });
const code = z.string().trim().min(1, "Type a code.").max(60);
const words = z.string().max(800).transform(cleanText).pipe(z.string().min(1).max(200));

export const promotionsApi = {
  ...recordEndpoints(promotionType),
  ...creatingEndpoints(promotionType),
  report: endpoint({
    route: "GET /promotions/{id}/report",
    may: "promotions.read",
    summary: "How a promotion does: uses by week, what it brought and cost, what is left of its limits",
    input: byId,
    run: (ctx: Ctx, { id }) => reportOf(ctx, id),
  }),
  uses: endpoint({
    route: "GET /promotions/{id}/uses",
    may: "promotions.read",
    summary: "Orders that got the promotion, newest first",
    input: paged,
    run: (ctx: Ctx, { id, ...page }) => usesOf(ctx, id, page),
  }),
  goods: endpoint({
    route: "GET /promotions/{id}/goods",
    may: "promotions.read",
    summary: "What the promotion is for; everything when empty",
    input: byId,
    run: async (ctx: Ctx, { id }) => ({ items: await goodsOf(ctx, id) }),
  }),
  addGood: endpoint({
    route: "POST /promotions/{id}/goods",
    may: "promotions.update",
    summary: "Let a promotion be for a product or a category",
    input: byId.extend({ product_id: z.uuid().optional(), category: words.optional() }),
    status: 204,
    run: (ctx: Ctx, { id, ...good }) => addGood(ctx, id, good),
  }),
  dropGood: endpoint({
    route: "DELETE /promotions/{id}/goods/{good_id}",
    may: "promotions.update",
    summary: "Take a product or a category away from a promotion",
    input: byId.extend({ good_id: z.uuid() }),
    status: 204,
    run: (ctx: Ctx, { id, good_id }) => dropGood(ctx, id, good_id),
  }),
  codes: endpoint({
    route: "GET /promotions/{id}/codes",
    may: "promotions.read",
    summary: "The codes of a promotion",
    input: paged,
    run: (ctx: Ctx, { id, ...page }) => codesOf(ctx, id, page),
  }),
  makeCodes: endpoint({
    route: "POST /promotions/{id}/codes",
    may: "promotions.update",
    summary: "Make codes: one of the company's own words, or many that nobody guesses",
    input: byId.extend({
      count: z.int().min(1).max(codesAtMost).default(1),
      uses_limit: z.int().min(1).max(1_000_000).nullable().default(null),
      code: z.string().trim().max(60).optional(),
    }),
    status: 201,
    run: async (ctx: Ctx, { id, ...wanted }) => {
      const made = await makeCodes(ctx, id, wanted);
      return { made: made.length, first: made[0]! };
    },
  }),
  codesCsv: endpoint({
    route: "GET /promotions/{id}/codes.csv",
    may: "promotions.read",
    summary: "All codes of a promotion as a CSV",
    input: byId,
    run: (ctx: Ctx, { id }) => codesCsv(ctx, id),
  }),
  switchCode: endpoint({
    route: "PATCH /promotions/{id}/codes/{code_id}",
    may: "promotions.update",
    summary: "Let a code be used no more, or again",
    input: byId.extend({ code_id: z.uuid(), active: z.boolean() }),
    status: 204,
    run: (ctx: Ctx, { id, code_id, active }) => switchCode(ctx, id, code_id, active),
  }),
  onOrder: endpoint({
    route: "GET /orders/{id}/promotion",
    may: "orders.read",
    summary: "The promotion an order got",
    input: byId,
    run: async (ctx: Ctx, { id }) => ({ promotion: await onOrder(ctx, id) }),
  }),
  apply: endpoint({
    route: "POST /orders/{id}/promotion",
    may: "orders.update",
    summary: "Use a code on an order that is not paid yet; a refusal says why",
    input: byId.extend({ code, email: z.email().max(254).optional() }),
    run: async (ctx: Ctx, { id, code: typed, email }) => {
      await guardAttempts(ctx, typed);
      await redeemCode(ctx, id, typed, email);
      return { promotion: await onOrder(ctx, id) };
    },
  }),
  remove: endpoint({
    route: "DELETE /orders/{id}/promotion",
    may: "orders.update",
    summary: "Take the promotion off an order that is not paid yet; the use is given back",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) =>
      inTransaction(ctx, async (tx) => {
        const order = await lockOrder(tx, id, "its promotion stays as it is");
        const use = await standingUse(tx, id);
        if (!use) throw new Refused("conflict", "promotion.none", "No promotion stands on this order.");
        await releaseUse(tx, use, order, { reason: "taken off by hand", caused_by: null, takeOff: true });
      }),
  }),
  place: endpoint({
    route: "POST /promotions/orders",
    may: "orders.create",
    summary: "Place an order with a code: both, or neither when the code is refused",
    input: newOrderSchema.extend({ code, email: z.email().max(254).optional() }),
    status: 201,
    run: async (ctx: Ctx, { code: typed, email, ...order }) => {
      await guardAttempts(ctx, String(typed));
      return inTransaction(ctx, async (tx) => {
        const id = await placeByHand(tx, order as unknown as NewOrder);
        await redeemCode(tx, id, String(typed), typeof email === "string" ? email : undefined);
        const { rows } = await sql<{ number: string }>`select number from orders where id = ${id}`.execute(tx.db);
        return { id, number: rows[0]!.number, promotion: await onOrder(tx, id) };
      });
    },
  }),
};
export type PromotionsApi = typeof promotionsApi;
