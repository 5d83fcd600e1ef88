import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { recordRef, seenRecord } from "../beside.ts";
import { tagName, tones } from "./tag.ts";
import { tagMany, tagRecord, untagMany, tagsOf, tagsOfMany } from "./tagging.ts";
import { changeTag, deleteTag, findTags, mergeTags, restoreTag, tagById } from "./tags.ts";

const byId = z.object({ id: z.uuid() });
const name = tagName;
const ids = z.array(z.uuid()).min(1).max(500);

export const tagsApi = {
  find: endpoint({
    route: "GET /tags",
    may: "tagging.read",
    summary: "Tags by a part of their name, those that begin with it first",
    input: z.object({ q: z.string().max(60).default(""), limit: z.coerce.number().int().min(1).max(1000).default(20) }),
    run: async (ctx: Ctx, { q, limit }) => ({ items: await findTags(ctx, q, limit) }),
  }),
  get: endpoint({
    route: "GET /tags/{id}",
    may: "tagging.read",
    summary: "One tag",
    input: byId,
    run: (ctx: Ctx, { id }) => tagById(ctx, id),
  }),
  change: endpoint({
    route: "PATCH /tags/{id}",
    may: "tagging.manage",
    summary: "Rename a tag or change its colour",
    input: byId.extend({ version: z.int("Send If-Match with the version you saw."), name: name.optional(), tone: z.enum(tones).optional() }),
    run: (ctx: Ctx, { id, version, ...change }) => changeTag(ctx, id, version, change),
  }),
  merge: endpoint({
    route: "POST /tags/{id}/merge",
    may: "tagging.manage",
    summary: "Merge a tag into another; restoring it takes that back",
    input: byId.extend({ into: z.uuid() }),
    status: 204,
    run: (ctx: Ctx, { id, into }) => mergeTags(ctx, id, into),
  }),
  remove: endpoint({
    route: "DELETE /tags/{id}",
    may: "tagging.manage",
    summary: "Delete a tag: it leaves its records",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => deleteTag(ctx, id),
  }),
  restore: endpoint({
    route: "POST /tags/{id}/restore",
    may: "tagging.manage",
    summary: "Take a deleted or merged tag back, with the records it had",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => restoreTag(ctx, id),
  }),
  of: endpoint({
    route: "GET /record-tags",
    may: "tagging.read",
    summary: "The tags of a record",
    input: z.object(recordRef),
    run: async (ctx: Ctx, ref) => {
      await seenRecord(ctx, ref);
      return { items: await tagsOf(ctx, ref) };
    },
  }),
  ofMany: endpoint({
    route: "POST /record-tags/find",
    may: "tagging.read",
    summary: "The tags of up to 500 records, by record",
    input: z.object({ object: recordRef.object, ids }),
    run: async (ctx: Ctx, asked) => ({ items: await tagsOfMany(ctx, asked.object, asked.ids) }),
  }),
  tag: endpoint({
    route: "PUT /record-tags",
    may: "tagging.read",
    summary: "Put tags on a record by name, and take others off by id",
    input: z.object({ ...recordRef, add: z.array(name).max(100).default([]), remove: z.array(z.uuid()).max(100).default([]) }),
    run: async (ctx: Ctx, { add, remove, ...ref }) => ({ items: await tagRecord(ctx, ref, { add, remove }) }),
  }),
  tagMany: endpoint({
    route: "POST /record-tags/many",
    may: "tagging.read",
    summary: "Put a tag on up to 500 records, or take it off them; answers which it concerned",
    input: z.object({ object: recordRef.object, ids, name, away: z.boolean().default(false) }),
    run: (ctx: Ctx, { object, ids: of, name: word, away }) => (away ? untagMany : tagMany)(ctx, object, of, word),
  }),
}; // prettier-ignore
export type TagsApi = typeof tagsApi;
