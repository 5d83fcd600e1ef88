import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { historyOf } from "../changes.ts";
import { cleanText } from "../values.ts";
import { reasonUses, type Reason } from "./reason.ts";
import { addReason, changeReason, listReasons, orderReasons, reasonsVersion } from "./reasons.ts";

const label = z
  .string()
  .max(400)
  .transform((v) => cleanText(v).replaceAll(/\s+/g, " "))
  .pipe(z.string().min(1, "This is required.").max(100));
const applies_to = z
  .array(z.enum(reasonUses))
  .min(1, "Say what it can explain.")
  .max(reasonUses.length)
  .transform((uses) => reasonUses.filter((u) => uses.includes(u)));
const parent_id = z.uuid().nullable();
const shape = z.object({
  id: z.uuid(),
  label: z.string(),
  applies_to: z.array(z.enum(reasonUses)),
  parent_id: z.uuid().nullable(),
  parent: z.string().nullable(),
  position: z.int(),
  active: z.boolean(),
  version: z.int(),
});

const one = async (ctx: Ctx, id: string): Promise<Reason> => {
  const found = (await listReasons(ctx, undefined, { retired: true })).find((r) => r.id === id);
  if (!found) throw notFound("reason");
  return found;
};

export const reasonsApi = {
  list: endpoint({
    route: "GET /reasons",
    may: "reasons.read",
    summary: "The taxonomy of reasons, in its order",
    input: z.object({
      applies_to: z.enum(reasonUses).optional(),
      retired: z.stringbool().optional(),
      q: z.string().max(200).optional(),
    }),
    output: z.object({ items: z.array(shape), version: z.int() }),
    run: async (ctx: Ctx, { applies_to: use, retired, q }) => {
      // First: a change between the two makes the version too old, never the list.
      const version = await reasonsVersion(ctx);
      const all = await listReasons(ctx, use, { retired: retired ?? false });
      const items = q ? all.filter((r) => r.label.toLowerCase().includes(q.trim().toLowerCase())) : all;
      return { items, version };
    },
  }),
  get: endpoint({
    route: "GET /reasons/{id}",
    may: "reasons.read",
    summary: "One reason",
    input: z.object({ id: z.uuid() }),
    output: shape,
    run: (ctx: Ctx, { id }) => one(ctx, id),
  }),
  create: endpoint({
    route: "POST /reasons",
    may: "reasons.manage",
    summary: "Add a reason",
    input: z.strictObject({ label, applies_to, parent_id: parent_id.optional() }),
    output: shape,
    status: 201,
    run: async (ctx: Ctx, values) => one(ctx, await addReason(ctx, values)),
  }),
  update: endpoint({
    route: "PATCH /reasons/{id}",
    may: "reasons.manage",
    summary: "Rename, move, retire a reason, or change what it explains",
    input: z.strictObject({
      id: z.uuid(),
      version: z.number("Send If-Match with the version you saw.").int(),
      label: label.optional(),
      applies_to: applies_to.optional(),
      parent_id: parent_id.optional(),
      active: z.boolean().optional(),
    }),
    output: shape,
    run: async (ctx: Ctx, { id, version, ...values }) => {
      await changeReason(ctx, id, version, values);
      return one(ctx, id);
    },
  }),
  order: endpoint({
    route: "PUT /reasons/order",
    may: "reasons.manage",
    summary: "Put reasons in this order, within their groups",
    input: z.strictObject({
      version: z.int("Send the version of the list you saw."),
      ids: z.array(z.uuid()).min(1).max(1000),
    }),
    output: z.object({ version: z.int() }),
    run: async (ctx: Ctx, { version, ids }) => {
      await orderReasons(ctx, version, ids);
      return { version: await reasonsVersion(ctx) };
    },
  }),
  history: endpoint({
    route: "GET /reasons/{id}/history",
    may: "reasons.read",
    summary: "Who changed what on a reason",
    input: z.object({ id: z.uuid() }),
    run: async (ctx: Ctx, { id }) => ({ items: await historyOf(ctx, "reason", id) }),
  }),
};
