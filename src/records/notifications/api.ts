import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { kindNames, ways } from "./kind.ts";
import { chooseWays, markRead, notificationsOf, settingsOf, unreadOf } from "./queries.ts";

const person = (ctx: Ctx): Ctx => {
  if (ctx.actor.kind !== "user" || !ctx.actor.id)
    throw new Refused("forbidden", "people-only", "Notifications are for people; an API key has none.");
  return ctx;
};

export const notificationsApi = {
  list: endpoint({
    route: "GET /notifications",
    may: "signed-in",
    summary: "What you should know, newest first, and how much of it is unread",
    input: z.object({
      unread: z.stringbool().default(false),
      before: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    run: (ctx: Ctx, asked) => notificationsOf(person(ctx), asked),
  }),
  unread: endpoint({
    route: "GET /notifications/unread",
    may: "signed-in",
    summary: "How many notifications are unread, counted up to 100",
    input: z.object({}),
    output: z.object({ unread: z.int() }),
    run: async (ctx: Ctx) => ({ unread: ctx.actor.kind === "user" ? await unreadOf(ctx) : 0 }),
  }),
  read: endpoint({
    route: "POST /notifications/read",
    may: "signed-in",
    summary: "Mark notifications as read, or as unread again; all when none is named",
    input: z.object({ ids: z.array(z.uuid()).min(1).max(1000).optional(), read: z.boolean().default(true) }),
    output: z.object({ ids: z.array(z.uuid()) }),
    run: async (ctx: Ctx, { ids, read }) => ({ ids: await markRead(person(ctx), ids, read) }),
  }),
  settings: endpoint({
    route: "GET /notifications/settings",
    may: "signed-in",
    summary: "How you hear of each kind of notification",
    input: z.object({}),
    run: (ctx: Ctx) => settingsOf(person(ctx)),
  }),
  choose: endpoint({
    route: "PUT /notifications/settings",
    may: "signed-in",
    summary: "Choose how you hear of kinds of notifications, and the hour of your digest",
    input: z.object({
      ways: z.array(z.object({ kind: z.enum(kindNames), way: z.enum(ways) })).max(20).default([]),
      hour: z.int().min(0).max(23).optional(),
    }),
    run: async (ctx: Ctx, chosen) => {
      await chooseWays(person(ctx), chosen);
      return settingsOf(ctx);
    },
  }),
}; // prettier-ignore
export type NotificationsApi = typeof notificationsApi;
