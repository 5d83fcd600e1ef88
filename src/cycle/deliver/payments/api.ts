import { sql } from "kysely";
import { z } from "zod";
import { endpoint, type RawJson } from "#kernel/endpoint";
import { notFound } from "#kernel/refusal";
import { moneyOf } from "#deliver/orders";
import type { Ctx } from "#platform/context";
import { cleanText, findRecord, recordEndpoints } from "#records";
import { methods, payment, paymentType } from "./payment.ts";
import { receivePayment, refund } from "./receive.ts";

const { list, get, history } = recordEndpoints(paymentType);
const byId = z.object({ id: z.uuid() });
const money = byId.extend({
  amount: z.int("An amount is a whole number of minor units (cents).").positive().max(1e15),
  method: z.enum(methods).default("other"),
  received_at: z.iso.datetime({ offset: true }).optional(),
  reference: z.string().max(400).transform(cleanText).pipe(z.string().max(200)).nullable().optional(),
});

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
    run: async (ctx: Ctx, { id, ...input }) => findRecord(ctx, payment, await receivePayment(ctx, id, input)),
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
    run: async (ctx: Ctx, { id, ...input }) => findRecord(ctx, payment, await refund(ctx, id, input)),
  }),
};
