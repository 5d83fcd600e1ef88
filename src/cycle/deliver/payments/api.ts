import { sql } from "kysely";
import { z } from "zod";
import { endpoint, type RawJson } from "#kernel/endpoint";
import { notFound } from "#kernel/refusal";
import { moneyOf } from "#deliver/orders";
import type { Ctx } from "#platform/context";
import {
  checkRequired,
  cleanText,
  customInput,
  describedFor,
  findRecord,
  lastLook,
  recordEndpoints,
  updateRecord,
} from "#records";
import { methods, payment, paymentType } from "./payment.ts";
import { receivePayment, refund, type Money } from "./receive.ts";

const { list, get, history } = recordEndpoints(paymentType);
const byId = z.object({ id: z.uuid() });
const money = byId.extend({
  amount: z.int("An amount is a whole number of minor units (cents).").positive().max(1e15),
  method: z.enum(methods).default("other"),
  received_at: z.iso.datetime({ offset: true }).optional(),
  reference: z.string().max(400).transform(cleanText).pipe(z.string().max(200)).nullable().optional(),
  custom: customInput,
});

// By hand: with what the company requires of a payment.
const byHand = async (ctx: Ctx, act: typeof refund, id: string, input: Money) => {
  checkRequired(ctx, await describedFor(ctx, payment), { custom: input.custom });
  return findRecord(ctx, payment, await act(ctx, id, input));
};

/** Money of one order, oldest first, at most 500. */
async function paymentsOf(ctx: Ctx, orderId: string): Promise<RawJson<{ items: Record<string, unknown>[] }>> {
  if (!(await moneyOf(ctx, orderId))) throw notFound("order");
  const { rows } = await sql<{ items: string }>`
    select coalesce(json_agg(row_to_json(x) order by x.received_at, x.id), '[]')::text as items from (
      select id, number, kind, amount, currency, base_amount, method, reference, reason, reason_id, received_at, created_at from payments
       where order_id = ${orderId} order by received_at, id limit 500) x`.execute(ctx.db);
  return { json: `{"items":${rows[0]!.items}}` };
}

export const paymentsApi = {
  list,
  get,
  history,
  update: endpoint({
    route: "PATCH /payments/{id}",
    may: "payments.update",
    summary: "Change what the company keeps of a payment in fields of its own; the money stands",
    input: z.strictObject({ ...byId.shape, version: z.int("Send If-Match with the version you saw."), custom: customInput }), // prettier-ignore
    output: get.output!,
    run: async (ctx: Ctx, { id, version, custom = {} }) => {
      await updateRecord(ctx, paymentType, id, version, { custom });
      return findRecord(lastLook(ctx, payment), payment, id);
    },
  }),
  of: endpoint({
    route: "GET /orders/{id}/payments",
    may: "payments.read",
    summary: "Payments and refunds of an order",
    input: byId,
    run: (ctx: Ctx, { id }) => paymentsOf(ctx, id),
  }),
  receive: endpoint({
    route: "POST /orders/{id}/payments",
    may: "payments.create",
    summary: "Receive money for an order",
    input: money,
    output: get.output!,
    status: 201,
    run: (ctx: Ctx, { id, ...input }) => byHand(ctx, receivePayment, id, input),
  }),
  refund: endpoint({
    route: "POST /orders/{id}/refunds",
    may: "payments.refund",
    summary: "Give money of an order back",
    input: money.extend({
      reason: z.string().max(4000).transform(cleanText).pipe(z.string().max(1000)).nullable().optional(),
      reason_id: z.uuid().nullable().optional(),
    }),
    output: get.output!,
    status: 201,
    run: (ctx: Ctx, { id, ...input }) => byHand(ctx, refund, id, input),
  }),
};
