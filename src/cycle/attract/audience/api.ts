import { z } from "zod";
import { conditionSchema } from "#kernel/condition";
import { endpoint } from "#kernel/endpoint";
import { inTransaction, type Ctx } from "#platform/context";
import { checkFilter, createRecord, recordEndpoints, restoreRecord, updateRecord, valuesSchema } from "#records";
import { contact } from "#customers";
import { addMembers, atOnceByHand, gatherMembers, removeMembers } from "./members.ts";
import { findSegment, membersOf, previewOf, segmentsOf, trendOf, whyOf } from "./queries.ts";
import { segment, segmentType } from "./segment.ts";

const byId = z.object({ id: z.uuid() });
const someContacts = z.array(z.uuid()).min(1).max(atOnceByHand);
const { list, trash, history } = recordEndpoints(segmentType);

export const segmentsApi = {
  list,
  trash,
  history,
  get: endpoint({
    route: "GET /segments/{id}",
    may: "segments.read",
    summary: "One segment with its condition",
    input: byId,
    run: (ctx: Ctx, { id }) => findSegment(ctx, id),
  }),
  create: endpoint({
    route: "POST /segments",
    may: "segments.create",
    summary: "Make a segment: dynamic by a condition, or static by hand, with its first members if wanted",
    input: valuesSchema(segment, "create").extend({
      condition: conditionSchema.nullish(),
      contact_ids: someContacts.optional(),
    }),
    status: 201,
    run: (ctx: Ctx, { contact_ids, ...values }) =>
      inTransaction(ctx, async (tx) => {
        const { id } = await createRecord(tx, segmentType, values);
        if (Array.isArray(contact_ids)) await addMembers(tx, id, someContacts.parse(contact_ids));
        return findSegment(tx, id);
      }),
  }),
  update: endpoint({
    route: "PATCH /segments/{id}",
    may: "segments.update",
    summary: "Change a segment; another condition has it computed anew by a job",
    input: valuesSchema(segment, "update").extend({
      id: z.uuid(),
      version: z.number("Send If-Match with the version you saw.").int(),
      condition: conditionSchema.optional(),
    }),
    run: async (ctx: Ctx, { id, version, ...values }) => {
      await updateRecord(ctx, segmentType, String(id), Number(version), values);
      return findSegment(ctx, String(id));
    },
  }),
  restore: endpoint({
    route: "POST /segments/{id}/restore",
    may: "segments.delete",
    summary: "Take a segment out of the trash",
    input: byId,
    run: async (ctx: Ctx, { id }) => {
      await restoreRecord(ctx, segmentType, id);
      return findSegment(ctx, id);
    },
  }),
  preview: endpoint({
    route: "POST /segments/preview",
    may: "segments.read",
    summary: "How many contacts a condition means, exactly or about, and ten of them",
    input: z.object({ condition: conditionSchema }),
    run: (ctx: Ctx, { condition }) => previewOf(ctx, condition),
  }),
  members: endpoint({
    route: "GET /segments/{id}/members",
    may: "segments.read",
    summary: "Who is in a segment, who came last first",
    input: byId.extend({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(500).optional(),
    }),
    run: (ctx: Ctx, { id, ...page }) => membersOf(ctx, id, page),
  }),
  add: endpoint({
    route: "POST /segments/{id}/members",
    may: "segments.update",
    summary:
      "Put contacts into a segment made by hand: up to 500 by id, or all that a list shows (more than 500 by a job)",
    input: byId
      .extend({
        contact_ids: someContacts.optional(),
        filter: conditionSchema.optional(),
        q: z.string().max(200).optional(),
      })
      .refine(
        (v) => v.contact_ids !== undefined || v.filter !== undefined || v.q !== undefined,
        "Say whom: contact_ids, a filter or q.",
      ),
    run: async (ctx: Ctx, { id, contact_ids, filter, q }): Promise<{ added?: string[]; job_id?: string }> => {
      if (contact_ids) return { added: await addMembers(ctx, id, contact_ids) };
      if (filter) checkFilter(filter, contact);
      return gatherMembers(ctx, id, { filter, q });
    },
  }),
  remove: endpoint({
    route: "DELETE /segments/{id}/members",
    may: "segments.update",
    summary: "Take up to 200 contacts, ids separated by commas, out of a segment made by hand",
    input: byId.extend({
      contact_ids: z
        .string()
        .max(7400)
        .transform((v) => v.split(","))
        .pipe(someContacts),
    }),
    run: async (ctx: Ctx, { id, contact_ids }) => ({ removed: await removeMembers(ctx, id, contact_ids) }),
  }),
  why: endpoint({
    route: "GET /segments/{id}/why",
    may: "segments.read",
    summary: "Why a contact is, or is not, in a segment: its condition line by line",
    input: byId.extend({ contact_id: z.uuid() }),
    run: (ctx: Ctx, { id, contact_id }) => whyOf(ctx, id, contact_id),
  }),
  trend: endpoint({
    route: "GET /segments/{id}/trend",
    may: "segments.read",
    summary: "How many came and went, by day",
    input: byId.extend({ days: z.coerce.number().int().min(1).max(730).default(90) }),
    run: async (ctx: Ctx, { id, days }) => ({ items: await trendOf(ctx, id, days) }),
  }),
  of: endpoint({
    route: "GET /contacts/{id}/segments",
    may: "segments.read",
    summary: "The segments a contact is in",
    input: byId,
    run: async (ctx: Ctx, { id }) => ({ items: await segmentsOf(ctx, id) }),
  }),
};
export type SegmentsApi = typeof segmentsApi;
