import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { checkRequired, cleanText, describedFor, recordEndpoints, updateRecord, valuesSchema } from "#records";
import { caseType, supportCase } from "./case.ts";
import { openCase, type NewCase } from "./open.ts";
import { changePromises, promisesOf, promisesSchema } from "./policy.ts";
import { casesOf, storyOf } from "./queries.ts";
import { reapply } from "./rematch.ts";
import { bodyOf, removeNote, reply, writeNote } from "./reply.ts";
import { dismissCase, moveCase, reopenCase, resolveCase } from "./status.ts";
import { unsay } from "./unsay.ts";
import { dismissals } from "./words.ts";

const byId = z.object({ id: z.uuid() });
const may = "cases.update";
const body = z
  .string()
  .max(80_000)
  .transform((v) => bodyOf(cleanText(v)));
const { list, get, update, history } = recordEndpoints(caseType);
const created = z.object({ id: z.uuid(), number: z.string() });
const nothing = { status: 204 } as const;

export const casesApi = {
  list,
  get,
  update,
  history,
  create: endpoint({
    route: "POST /cases",
    may: "cases.create",
    summary: "Open a case",
    input: valuesSchema(supportCase, "create").omit({ external_ids: true }).extend({ order_line_id: z.uuid().nullable().optional(), acknowledge: z.boolean().optional() }),
    output: created,
    status: 201,
    run: async (ctx: Ctx, input) => {
      checkRequired(ctx, await describedFor(ctx, supportCase), input);
      return openCase(ctx, input as unknown as NewCase);
    },
  }),
  of: endpoint({
    route: "GET /cases/of",
    may: "cases.read",
    summary: "Cases of a customer, the unresolved first",
    input: z.object({ contact_id: z.uuid().optional(), account_id: z.uuid().optional() }).refine((i) => i.contact_id ?? i.account_id, "Say whose."),
    run: async (ctx: Ctx, of) => ({ items: await casesOf(ctx, of) }),
  }),
  story: endpoint({
    route: "GET /cases/{id}/story",
    may: "cases.read",
    summary: "The conversation of a case, its clocks, and the customer's other cases",
    input: byId,
    run: (ctx: Ctx, { id }) => storyOf(ctx, id),
  }),
  reply: endpoint({
    route: "POST /cases/{id}/replies",
    may,
    summary: "Answer the customer, by mail and on their page of the case",
    input: byId.extend({ body, status: z.enum(["waiting", "open"]).optional(), form_key: z.uuid().optional() }),
    output: z.object({ message_id: z.uuid().nullable() }),
    status: 201,
    run: async (ctx: Ctx, { id, ...given }) => ({ message_id: await reply(ctx, id, given) }),
  }),
  unsay: endpoint({
    route: "DELETE /cases/{id}/replies/{message_id}",
    may,
    summary: "Take a reply back while its mail has not left",
    input: byId.extend({ message_id: z.uuid() }),
    ...nothing,
    run: (ctx: Ctx, { id, message_id }) => unsay(ctx, id, message_id),
  }),
  note: endpoint({
    route: "POST /cases/{id}/notes",
    may,
    summary: "Write a note that never leaves the house",
    input: byId.extend({ body }),
    output: z.object({ message_id: z.uuid() }),
    status: 201,
    run: async (ctx: Ctx, { id, body: text }) => ({ message_id: await writeNote(ctx, id, text) }),
  }),
  removeNote: endpoint({
    route: "DELETE /cases/{id}/notes/{message_id}",
    may,
    summary: "Take a note away",
    input: byId.extend({ message_id: z.uuid() }),
    ...nothing,
    run: (ctx: Ctx, { id, message_id }) => removeNote(ctx, id, message_id),
  }),
  take: endpoint({
    route: "POST /cases/{id}/take",
    may,
    summary: "Become the owner of a case",
    input: byId,
    ...nothing,
    run: async (ctx: Ctx, { id }) => void (await updateRecord(ctx, caseType, id, undefined, { owner_id: ctx.actor.id })),
  }),
  move: endpoint({
    route: "POST /cases/{id}/status",
    may,
    summary: "Wait for the customer, or go on",
    input: byId.extend({ status: z.enum(["open", "waiting"]) }),
    ...nothing,
    run: (ctx: Ctx, { id, status }) => moveCase(ctx, id, status),
  }),
  resolve: endpoint({
    route: "POST /cases/{id}/resolve",
    may,
    summary: "Resolve a case; survey false asks the customer nothing",
    input: byId.extend({ reason_id: z.uuid().nullable().optional(), survey: z.boolean().optional() }),
    ...nothing,
    run: (ctx: Ctx, { id, ...how }) => resolveCase(ctx, id, how),
  }),
  dismiss: endpoint({
    route: "POST /cases/{id}/dismiss",
    may,
    summary: "End a case that was none; what was promised is cancelled",
    input: byId.extend({ as: z.enum(dismissals) }),
    ...nothing,
    run: (ctx: Ctx, { id, as }) => dismissCase(ctx, id, as),
  }),
  reopen: endpoint({
    route: "POST /cases/{id}/reopen",
    may,
    summary: "Take a resolution or a dismissal back; its clocks go on",
    input: byId,
    ...nothing,
    run: (ctx: Ctx, { id }) => reopenCase(ctx, id),
  }),
  reapply: endpoint({
    route: "POST /cases/{id}/reapply",
    may,
    summary: "Give a case the service targets and business hours of now",
    input: byId,
    output: z.object({ changed: z.int() }),
    run: async (ctx: Ctx, { id }) => ({ changed: await reapply(ctx, [id]) }),
  }),
}; // prettier-ignore

export const slaApi = {
  get: endpoint({
    route: "GET /service-targets",
    may: "cases.read",
    summary: "What is promised to cases",
    input: z.object({}),
    run: (ctx: Ctx) => promisesOf(ctx),
  }),
  change: endpoint({
    route: "PUT /service-targets",
    may: "sla.manage",
    summary: "Change what is promised to new cases; those that run keep theirs",
    input: promisesSchema.extend({ version: z.int("Send the version you saw.").min(0) }),
    run: (ctx: Ctx, { version, ...promises }) => changePromises(ctx, version, promises),
  }),
  reapply: endpoint({
    route: "POST /service-targets/reapply",
    may: "sla.manage",
    summary: "Give unresolved cases the targets and hours of now, at most 500 at a time",
    input: z.object({}),
    output: z.object({ changed: z.int() }),
    run: async (ctx: Ctx) => ({ changed: await reapply(ctx) }),
  }),
};
