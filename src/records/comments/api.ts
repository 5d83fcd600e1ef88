import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { invalid } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { recordRef, seenRecord } from "../beside.ts";
import { richText } from "../rich-text.ts";
import { comment, commentsOf, editComment, setCommentAway } from "./comment.ts";
import { followersOf, setFollowing } from "./follow.ts";
import { besideOf } from "./summary.ts";

const byId = z.object({ id: z.uuid() });

export const commentsApi = {
  beside: endpoint({
    route: "GET /beside",
    may: "signed-in",
    summary: "How much lies beside a record: files, comments, tags",
    input: z.object(recordRef),
    run: async (ctx: Ctx, ref) => {
      await seenRecord(ctx, ref);
      return besideOf(ctx, ref);
    },
  }),
  list: endpoint({
    route: "GET /comments",
    may: "comments.read",
    summary: "The comments of a record, newest first",
    input: z.object({ ...recordRef, before: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(100).default(30) }),
    run: async (ctx: Ctx, { before, limit, ...ref }) => {
      await seenRecord(ctx, ref);
      return commentsOf(ctx, ref, { before, limit });
    },
  }),
  write: endpoint({
    route: "POST /comments",
    may: "comments.create",
    summary: "Comment on a record, in a little HTML; colleagues named in it are told",
    input: z.object({ ...recordRef, html: richText }),
    status: 201,
    run: (ctx: Ctx, { html, ...ref }) => comment(ctx, ref, html),
  }),
  edit: endpoint({
    route: "PATCH /comments/{id}",
    may: "comments.create",
    summary: "Change your own comment",
    input: byId.extend({ version: z.int("Send If-Match with the version you saw."), html: richText }),
    run: (ctx: Ctx, { id, version, html }) => editComment(ctx, id, version, html),
  }),
  remove: endpoint({
    route: "DELETE /comments/{id}",
    may: "comments.create",
    summary: "Take your own comment away",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => setCommentAway(ctx, id, true),
  }),
  restore: endpoint({
    route: "POST /comments/{id}/restore",
    may: "comments.create",
    summary: "Take your own comment back",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => setCommentAway(ctx, id, false),
  }),
  followers: endpoint({
    route: "GET /followers",
    may: "signed-in",
    summary: "Who follows a record, its owner included",
    input: z.object(recordRef),
    run: async (ctx: Ctx, ref) => ({ items: await followersOf(ctx, ref.record_id, await seenRecord(ctx, ref)) }),
  }),
  follow: endpoint({
    route: "PUT /followers",
    may: "signed-in",
    summary: "Follow a record or stop following it; a colleague may be made to follow it, and only they may stop",
    input: z.object({ ...recordRef, user_id: z.uuid().optional(), follow: z.boolean() }),
    run: async (ctx: Ctx, { user_id, follow, ...ref }) => {
      const row = await seenRecord(ctx, ref);
      const user = user_id ?? ctx.actor.id;
      if (!user || ctx.actor.kind !== "user") throw invalid("user_id", "Say who follows it.");
      if (user !== ctx.actor.id && !follow) throw invalid("user_id", "Only they themselves may stop following.");
      await setFollowing(ctx, ref, user, follow);
      return { items: await followersOf(ctx, ref.record_id, row) };
    },
  }),
}; // prettier-ignore
export type CommentsApi = typeof commentsApi;
