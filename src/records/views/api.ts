import { z } from "zod";
import { conditionSchema } from "#kernel/condition";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { cleanText } from "../values.ts";
import { changeView, chooseDefault, pinViews, restoreView, saveView, trashView } from "./commands.ts";
import { viewOf, viewsOf } from "./queries.ts";
import { sharesSchema } from "../access/shares.ts";
import { shareView, viewShares } from "./shares.ts";
import { columnsSchema, groupSchema, optionsSchema, querySchema, viewKinds, visibilities } from "./view.ts";

const name = z
  .string()
  .max(400)
  .transform((v) => cleanText(v).replaceAll(/\s+/g, " "))
  .pipe(z.string().min(1, "This is required.").max(100));
const object = z.string().regex(/^(custom\/)?[a-z][a-z0-9_]{0,62}$/, "This is no object.");
const shown = {
  query: querySchema,
  columns: columnsSchema.nullable(),
  group: groupSchema.nullable(),
  options: optionsSchema,
};
const shape = z.object({
  id: z.uuid(),
  object: z.string(),
  name: z.string(),
  kind: z.enum(viewKinds),
  query: z.object({ filter: conditionSchema.optional(), sort: z.string().optional(), q: z.string().optional() }),
  columns: z.array(z.string()).nullable(),
  group: z.string().nullable(),
  options: z.object({ field: z.string().optional(), sum: z.string().optional(), span: z.string().optional() }),
  visibility: z.enum(visibilities),
  owner: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  shared_with: z.int(),
  changeable: z.boolean(),
  pinned: z.enum(["me", "everybody"]).nullable(),
  problems: z.array(z.object({ at: z.string(), message: z.string() })),
  version: z.int(),
  deleted_at: z.unknown(),
});
const whose = z.enum(["me", "everybody"]).default("me");
const byId = z.object({ id: z.uuid() });

export const viewsApi = {
  list: endpoint({
    route: "GET /views",
    may: "views.read",
    summary: "The views of an object: its tabs first, then the others by name",
    input: z.object({ object }),
    output: z.object({
      items: z.array(shape),
      default_id: z.uuid().nullable(),
      company_default_id: z.uuid().nullable(),
      titles: z.record(z.string(), z.string()),
    }),
    run: (ctx: Ctx, input) => viewsOf(ctx, input.object),
  }),
  get: endpoint({
    route: "GET /views/{id}",
    may: "views.read",
    summary: "One view",
    input: byId,
    output: shape,
    run: (ctx: Ctx, { id }) => viewOf(ctx, id),
  }),
  create: endpoint({
    route: "POST /views",
    may: "views.read",
    summary: "Save a view of an object",
    input: z.strictObject({
      object,
      name,
      kind: z.enum(viewKinds).default("table"),
      query: shown.query.default({}),
      columns: shown.columns.default(null),
      group: shown.group.default(null),
      options: shown.options.default({}),
      visibility: z.enum(visibilities).default("private"),
    }),
    output: shape,
    status: 201,
    run: async (ctx: Ctx, { object: of, ...values }) => viewOf(ctx, await saveView(ctx, of, values)),
  }),
  update: endpoint({
    route: "PATCH /views/{id}",
    may: "views.read",
    summary: "Rename or share a view, or change what it shows",
    input: z.strictObject({
      id: z.uuid(),
      version: z.number("Send If-Match with the version you saw.").int(),
      name: name.optional(),
      kind: z.enum(viewKinds).optional(),
      query: shown.query.optional(),
      columns: shown.columns.optional(),
      group: shown.group.optional(),
      options: shown.options.optional(),
      visibility: z.enum(visibilities).optional(),
    }),
    output: shape,
    run: async (ctx: Ctx, { id, version, ...values }) => {
      await changeView(ctx, id, version, values);
      return viewOf(ctx, id);
    },
  }),
  trash: endpoint({
    route: "DELETE /views/{id}",
    may: "views.read",
    summary: "Move a view to the trash",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => trashView(ctx, id),
  }),
  restore: endpoint({
    route: "POST /views/{id}/restore",
    may: "views.read",
    summary: "Take a view out of the trash",
    input: byId,
    output: shape,
    run: async (ctx: Ctx, { id }) => {
      await restoreView(ctx, id);
      return viewOf(ctx, id);
    },
  }),
  shares: endpoint({
    route: "GET /views/{id}/shares",
    may: "views.read",
    summary: "With which people and teams a view is shared by hand",
    input: byId,
    output: z.object({
      version: z.int(),
      shares: z.array(z.object({ user_id: z.uuid().nullable(), team_id: z.uuid().nullable(), name: z.string(), can_edit: z.boolean() })),
    }), // prettier-ignore
    run: (ctx: Ctx, { id }) => viewShares(ctx, id),
  }),
  share: endpoint({
    route: "PUT /views/{id}/shares",
    may: "views.read",
    summary: "Share a view with these people and teams, and no others",
    input: z.strictObject({ id: z.uuid(), version: z.int("Send the version you saw."), shares: sharesSchema }),
    status: 204,
    run: (ctx: Ctx, { id, version, shares }) => shareView(ctx, id, version, shares),
  }),
  chooseDefault: endpoint({
    route: "PUT /views/default",
    may: "views.read",
    summary: "Choose the view a list opens with, for oneself or for everybody",
    input: z.strictObject({ object, id: z.uuid().nullable(), whose }),
    status: 204,
    run: (ctx: Ctx, input) => chooseDefault(ctx, input.object, input.id, input.whose),
  }),
  pin: endpoint({
    route: "PUT /views/pins",
    may: "views.read",
    summary:
      "Put views as tabs above their list, in this order and in place of those `seen` there, for oneself or for everybody",
    input: z.strictObject({
      object,
      ids: z
        .array(z.uuid())
        .max(40)
        .refine((ids) => new Set(ids).size === ids.length, "Each view once."),
      whose,
      seen: z.array(z.uuid("Send the views that stood there when you looked.")),
    }),
    status: 204,
    run: (ctx: Ctx, { object: of, ids, ...pins }) => pinViews(ctx, of, ids, pins),
  }),
};
