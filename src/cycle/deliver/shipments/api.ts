import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { checkRequired, cleanText, customInput, describedFor, recordEndpoints } from "#records";
import { markDelivered, undoDelivered, undoShipment } from "./arrive.ts";
import { carriers } from "./carriers.ts";
import { dueToShip, findShipment, onTheirWay, shipmentsOf } from "./queries.ts";
import { shipGoods } from "./ship.ts";
import { shipment, shipmentType } from "./shipment.ts";

const { list, get, history, update } = recordEndpoints(shipmentType);
const byId = z.object({ id: z.uuid() });
const instant = z.iso.datetime({ offset: true });
const quantity = z
  .string()
  .regex(/^\d{1,13}(\.\d{1,6})?$/, 'A decimal number is written like "12.5", with at most 6 decimals.');

const newShipment = byId.extend({
  lines: z.array(z.strictObject({ order_line_id: z.uuid(), quantity })).min(1).max(1000).optional(),
  carrier: z.enum(carriers.map((c) => c.key)).nullable().optional(),
  tracking_number: z.string().max(400).transform(cleanText).pipe(z.string().max(100)).nullable().optional(),
  promised_at: z.iso.date().nullable().optional(),
  shipped_at: instant.optional(),
  custom: customInput,
}); // prettier-ignore

export const shipmentsApi = {
  list,
  history,
  update,
  get: endpoint({
    ...get,
    summary: "One shipment with its lines",
    run: (ctx: Ctx, { id }) => findShipment(ctx, id),
  }),
  ship: endpoint({
    route: "POST /orders/{id}/shipments",
    may: "shipments.create",
    summary: "Send goods of an order; everything that is open when no lines are named",
    input: newShipment,
    status: 201,
    run: async (ctx: Ctx, { id, ...input }) => {
      checkRequired(ctx, await describedFor(ctx, shipment), { custom: input.custom });
      return findShipment(ctx, await shipGoods(ctx, id, input));
    },
  }),
  of: endpoint({
    route: "GET /orders/{id}/shipments",
    may: "shipments.read",
    summary: "Shipments of an order",
    input: byId,
    run: (ctx: Ctx, { id }) => shipmentsOf(ctx, id),
  }),
  due: endpoint({
    route: "GET /shipments/due",
    may: "shipments.read",
    summary: "Orders whose goods are to leave today or should have left",
    input: z.object({}),
    run: async (ctx: Ctx) => ({ items: await dueToShip(ctx) }),
  }),
  underway: endpoint({
    route: "GET /shipments/underway",
    may: "shipments.read",
    summary: "What is on its way to a customer",
    input: z
      .object({ contact_id: z.uuid().optional(), account_id: z.uuid().optional() })
      .refine((v) => (v.contact_id === undefined) !== (v.account_id === undefined), "Name a contact or an account."),
    run: async (ctx: Ctx, input) => ({ items: await onTheirWay(ctx, input) }),
  }),
  deliver: endpoint({
    route: "POST /shipments/{id}/arrival",
    may: "shipments.update",
    summary: "Mark a shipment as arrived",
    input: byId.extend({ delivered_at: instant.optional() }),
    run: async (ctx: Ctx, { id, delivered_at }) => {
      await markDelivered(ctx, id, delivered_at);
      return findShipment(ctx, id);
    },
  }),
  undeliver: endpoint({
    route: "DELETE /shipments/{id}/arrival",
    may: "shipments.update",
    summary: "Take the arrival of a shipment back",
    input: byId,
    run: async (ctx: Ctx, { id }) => {
      await undoDelivered(ctx, id);
      return findShipment(ctx, id);
    },
  }),
  undo: endpoint({
    route: "DELETE /shipments/{id}",
    may: "shipments.update",
    summary: "Take a shipment back that was not sent after all",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => undoShipment(ctx, id),
  }),
};
