import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { cleanText, recordEndpoints, registerHandActs, valuesSchema } from "#records";
import { cancelLines, restoreLines } from "./cancel-lines.ts";
import { cancelOrder, reopenOrder } from "./cancel.ts";
import { changeOrder } from "./change.ts";
import { returnGoods } from "./give-back.ts";
import { lineInput } from "./lines.ts";
import { order } from "./order.ts";
import { placeByHand } from "./place.ts";
import { cancellationsOf, findOrder, findReturn, linesShown, returnsOf } from "./queries.ts";
import { changeOrderTerms, orderTerms } from "./terms.ts";
import { orderLineType, orderType, returnType } from "./types.ts";

const byId = z.object({ id: z.uuid() });
const reason = z.string().max(4000).transform(cleanText).pipe(z.string().max(1000));
const required = reason.pipe(z.string().min(1, "Say why."));
const own = valuesSchema(order, "create").shape;
// Exact, where a JSON number would be a double.
const rate = z
  .union([z.number().positive(), z.string().regex(/^\d{1,10}(\.\d{1,12})?$/)])
  .nullable()
  .optional();

const { list, get, history } = recordEndpoints(orderType);
const lines = recordEndpoints(orderLineType);
const returns = recordEndpoints(returnType);

/** An order as a person or program places it. */
export const newOrderSchema = z.strictObject({
  ...own,
  rate,
  lines: z.array(lineInput).min(1).max(1000),
  caused_by: z.uuid().nullish().describe("The fact of the customer's timeline that the order came of."),
});
const changedOrder = z.strictObject({
  ...valuesSchema(order, "update").shape,
  rate,
  lines: z.array(lineInput).min(1).max(1000).optional(),
});
type NewOrder = Parameters<typeof placeByHand>[1];

const goodsBack = byId.extend({
  lines: z
    .array(z.strictObject({ order_line_id: z.uuid(), quantity: lineInput.shape.quantity }))
    .min(1)
    .max(1000),
  reason: reason.nullable().optional(),
  reason_id: z.uuid().nullable().optional(),
  returned_at: z.iso.datetime({ offset: true }).optional(),
});

export const ordersApi = {
  list,
  history,
  get: endpoint({
    ...get,
    summary: `One order with its lines (the first ${linesShown})`,
    run: (ctx: Ctx, { id }) => findOrder(ctx, id),
  }),
  create: endpoint({
    route: "POST /orders",
    may: "orders.create",
    summary: "Place an order",
    input: newOrderSchema,
    status: 201,
    run: async (ctx: Ctx, input) => findOrder(ctx, await placeByHand(ctx, input as unknown as NewOrder)),
  }),
  update: endpoint({
    route: "PATCH /orders/{id}",
    may: "orders.update",
    summary: "Change an order; what was agreed only while nothing is paid, returned or cancelled",
    input: changedOrder.extend({ id: z.uuid(), version: z.number("Send If-Match with the version you saw.").int() }),
    run: async (ctx: Ctx, { id, version, ...values }) => {
      await changeOrder(ctx, id, version, values);
      return findOrder(ctx, id);
    },
  }),
  cancel: endpoint({
    route: "POST /orders/{id}/cancel",
    may: "orders.update",
    summary: "Cancel an order",
    input: byId.extend({ reason: required }),
    run: async (ctx: Ctx, { id, reason: why }) => {
      await cancelOrder(ctx, id, why);
      return findOrder(ctx, id);
    },
  }),
  reopen: endpoint({
    route: "POST /orders/{id}/reopen",
    may: "orders.update",
    summary: "Take the cancellation of an order back",
    input: byId,
    run: async (ctx: Ctx, { id }) => {
      await reopenOrder(ctx, id);
      return findOrder(ctx, id);
    },
  }),
  cancelLines: endpoint({
    route: "POST /orders/{id}/cancelled-lines",
    may: "orders.update",
    summary: "Cancel quantities of an order that are still open",
    input: byId.extend({ lines: goodsBack.shape.lines, reason: required }),
    status: 201,
    run: async (ctx: Ctx, { id, ...input }) => ({ act_id: await cancelLines(ctx, id, input) }),
  }),
  restoreLines: endpoint({
    route: "DELETE /orders/{id}/cancelled-lines/{act_id}",
    may: "orders.update",
    summary: "Take a cancellation of quantities back",
    input: byId.extend({ act_id: z.uuid() }),
    status: 204,
    run: (ctx: Ctx, { id, act_id }) => restoreLines(ctx, id, act_id),
  }),
  cancelledLines: endpoint({
    route: "GET /orders/{id}/cancelled-lines",
    may: "orders.read",
    summary: "Quantities of an order that were cancelled, newest first",
    input: byId,
    run: (ctx: Ctx, { id }) => cancellationsOf(ctx, id),
  }),
  giveBack: endpoint({
    route: "POST /orders/{id}/returns",
    may: "orders.update",
    summary: "Take goods of an order back",
    input: goodsBack,
    status: 201,
    run: async (ctx: Ctx, { id, ...input }) => findReturn(ctx, await returnGoods(ctx, id, input)),
  }),
  returns: endpoint({
    route: "GET /orders/{id}/returns",
    may: "orders.read",
    summary: "What came back of an order",
    input: byId,
    run: (ctx: Ctx, { id }) => returnsOf(ctx, id),
  }),
};

export const orderLinesApi = { list: lines.list };

export const returnsApi = {
  list: returns.list,
  get: endpoint({
    ...returns.get,
    summary: "One return with its lines",
    run: (ctx: Ctx, { id }) => findReturn(ctx, id),
  }),
  history: returns.history,
};

const days = (most: number) => z.int("Days are a whole number.").min(0).max(most);

export const orderTermsApi = {
  get: endpoint({
    route: "GET /order-terms",
    may: "orders.read",
    summary: "How long goods may come back and invoices may stay open",
    input: z.object({}),
    run: (ctx: Ctx) => orderTerms(ctx),
  }),
  change: endpoint({
    route: "PATCH /order-terms",
    may: "order_terms.update",
    summary: "Change how long goods may come back and invoices may stay open",
    input: z.strictObject({
      return_days: days(3650),
      payment_days: days(365),
      version: z.number("Send If-Match with the version you saw.").int(),
    }),
    run: async (ctx: Ctx, input) => {
      await changeOrderTerms(ctx, input);
      return orderTerms(ctx);
    },
  }),
};

registerHandActs("order", { change: changeOrder });
