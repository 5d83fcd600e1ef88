import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { line } from "./input.ts";
import { changeObject, defineObject, findOwn, listOwn } from "./objects.ts";

const words = z.strictObject({ label: line(60), label_plural: line(60), title_label: line(60) });
const byId = z.object({ id: z.uuid() });
const shape = z.object({
  id: z.uuid(), key: z.string(), label: z.string(), label_plural: z.string(), title_label: z.string(), retired_at: z.iso.datetime().nullable(), version: z.int(),
}); // prettier-ignore

/** Objects that administrators make. */
export const customObjectsApi = {
  list: endpoint({
    route: "GET /custom-objects",
    may: "fields.read",
    summary: "Objects of your own, retired ones too",
    input: z.object({}),
    output: z.object({ items: z.array(shape) }),
    run: async (ctx: Ctx) => ({ items: await listOwn(ctx) }),
  }),
  create: endpoint({
    route: "POST /custom-objects",
    may: "fields.manage",
    summary: "Make an object of your own",
    input: words.partial({ title_label: true }),
    output: shape,
    status: 201,
    run: async (ctx: Ctx, { title_label = "Name", ...given }) =>
      findOwn(ctx, await defineObject(ctx, { ...given, title_label })),
  }),
  update: endpoint({
    route: "PATCH /custom-objects/{id}",
    may: "fields.manage",
    summary: "Rename an object of your own",
    input: words.partial().extend({ id: z.uuid(), version: z.number("Send If-Match with the version you saw.").int() }),
    output: shape,
    run: async (ctx: Ctx, { id, version, ...change }) => {
      await changeObject(ctx, id, version, change);
      return findOwn(ctx, id);
    },
  }),
  retire: endpoint({
    route: "POST /custom-objects/{id}/retire",
    may: "fields.manage",
    summary: "Hide an object of your own with its records; nothing is deleted",
    input: byId,
    output: shape,
    run: async (ctx: Ctx, { id }) => {
      await changeObject(ctx, id, undefined, { retired: true });
      return findOwn(ctx, id);
    },
  }),
  restore: endpoint({
    route: "POST /custom-objects/{id}/restore",
    may: "fields.manage",
    summary: "Bring a retired object of your own back with its records",
    input: byId,
    output: shape,
    run: async (ctx: Ctx, { id }) => {
      await changeObject(ctx, id, undefined, { retired: false });
      return findOwn(ctx, id);
    },
  }),
};
