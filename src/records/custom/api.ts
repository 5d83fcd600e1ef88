import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { historyOf } from "../changes.ts";
import { definable } from "./definition.ts";
import { changeField, defineField, extendable, findField, listFields, restoreField, retireField } from "./fields.ts";
import { changeable, definition } from "./input.ts";
import { heldChoices, orderFields } from "./order.ts";
import { tryField } from "./try.ts";

const byId = z.object({ id: z.uuid() });
const state = z.enum(["off", "building", "ready", "failed"]);
const shape = z.object({
  id: z.uuid(), object: z.string(), key: z.string(), label: z.string(), type: z.enum(definable), required: z.boolean(), preset: z.unknown(), help: z.string().nullable(),
  choices: z.array(z.object({ value: z.string(), label: z.string(), tone: z.string().optional(), removed: z.boolean().optional() })).nullable(), to_object: z.string().nullable(),
  formula: z.string().nullable(), rollup: z.unknown(),
  fast: state, uniqueness: state, failure: z.string().nullable(), position: z.int(), retired_at: z.iso.datetime().nullable(), version: z.int(),
}); // prettier-ignore

/** Fields that administrators add to objects. */
export const customFieldsApi = {
  list: endpoint({
    route: "GET /custom-fields",
    may: "fields.read",
    summary: "Fields of your own, in their order, retired ones too",
    input: z.object({ object: z.string().max(60).optional() }),
    output: z.object({ items: z.array(shape), objects: z.array(z.object({ name: z.string(), label: z.string() })) }),
    run: async (ctx: Ctx, { object }) => ({
      items: await listFields(ctx, object),
      objects: (await extendable(ctx)).map((o) => ({ name: o.name, label: o.label_plural })),
    }),
  }),
  get: endpoint({
    route: "GET /custom-fields/{id}",
    may: "fields.read",
    summary: "One field of your own",
    input: byId,
    output: shape,
    run: (ctx: Ctx, { id }) => findField(ctx, id),
  }),
  create: endpoint({
    route: "POST /custom-fields",
    may: "fields.manage",
    summary: "Add a field to an object",
    input: definition,
    output: shape,
    status: 201,
    run: async (ctx: Ctx, input) => findField(ctx, await defineField(ctx, input)),
  }),
  try: endpoint({
    route: "POST /custom-fields/try",
    may: "fields.manage",
    summary: "What a formula or a rollup would come to on a few records; nothing is kept",
    input: z.object({
      object: z.string().max(60),
      id: z.uuid().optional(),
      formula: changeable.shape.formula.unwrap().optional(),
      rollup: changeable.shape.rollup.unwrap().optional(),
    }),
    output: z.object({
      type: z.string(),
      samples: z.array(
        z.object({ id: z.uuid(), title: z.string(), value: z.unknown(), currency: z.string().nullable() }),
      ),
    }),
    run: (ctx: Ctx, input) => tryField(ctx, input),
  }),
  held: endpoint({
    route: "GET /custom-fields/{id}/held",
    may: "fields.read",
    summary: "How many records hold each choice of a field",
    input: byId,
    output: z.object({ choices: z.record(z.string(), z.int()) }),
    run: async (ctx: Ctx, { id }) => ({ choices: await heldChoices(ctx, id) }),
  }),
  order: endpoint({
    route: "PUT /custom-fields/order",
    may: "fields.manage",
    summary: "Put the fields of an object in another order than they were `seen` in, retired ones too",
    input: z.object({
      object: z.string().max(60),
      ids: z.array(z.uuid()).min(1).max(200),
      seen: z.array(z.uuid()).max(500),
    }),
    status: 204,
    run: (ctx: Ctx, { object, ids, seen }) => orderFields(ctx, object, { ids, seen }),
  }),
  update: endpoint({
    route: "PATCH /custom-fields/{id}",
    may: "fields.manage",
    summary: "Rename a field, or change what is decided about it",
    input: changeable
      .partial()
      .extend({ id: z.uuid(), version: z.number("Send If-Match with the version you saw.").int() }),
    output: shape,
    run: async (ctx: Ctx, { id, version, ...change }) => {
      await changeField(ctx, id, version, change);
      return findField(ctx, id);
    },
  }),
  retire: endpoint({
    route: "POST /custom-fields/{id}/retire",
    may: "fields.manage",
    summary: "Hide a field everywhere; its values are kept",
    input: byId,
    output: shape,
    run: async (ctx: Ctx, { id }) => {
      await retireField(ctx, id);
      return findField(ctx, id);
    },
  }),
  restore: endpoint({
    route: "POST /custom-fields/{id}/restore",
    may: "fields.manage",
    summary: "Bring a retired field back with its values",
    input: byId,
    output: shape,
    run: async (ctx: Ctx, { id }) => {
      await restoreField(ctx, id);
      return findField(ctx, id);
    },
  }),
  history: endpoint({
    route: "GET /custom-fields/{id}/history",
    may: "fields.read",
    summary: "Who changed what about a field",
    input: byId,
    run: async (ctx: Ctx, { id }) => ({ items: await historyOf(ctx, "custom_field", id) }),
  }),
};
