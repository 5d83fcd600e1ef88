import { z } from "zod";
import { contactType } from "#customers";
import { endpoint } from "#kernel/endpoint";
import { invalid } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import {
  checkRequired,
  cleanText,
  customInput,
  createRecord,
  describedFor,
  lastLook,
  recordEndpoints,
  registerHandActs,
} from "#records";
import { convertLead, previewConversion } from "./convert/convert.ts";
import { undoConversion } from "./convert/undo.ts";
import { leadType } from "./lead.ts";
import { contactLead, qualifyLead, reopenLead, restoreLead, takeBackMove, unqualifyLead, ways } from "./move.ts";
import { openLead } from "./open.ts";
import { aroundLead, findLead, tallyOf } from "./queries.ts";
import { changeSettings, settingsOf, settingsSchema } from "./settings.ts";

const byId = z.object({ id: z.uuid() });
const words = (most: number) => z.string().max(most * 4).transform(cleanText).pipe(z.string().max(most)); // prettier-ignore
const choice = z.object({
  account_id: z.uuid().nullish(),
  account_name: words(200).optional(),
  title: words(200).optional(),
  amount: z.int().min(0).max(1e15).optional(),
  expected_close: z.iso.date().optional(),
});
const instant = z.iso.datetime({ offset: true }).transform((v) => new Date(v));

const { list, get, update, trash, history } = recordEndpoints(leadType);

/** A step of an episode, which answers the lead as it is then. */
const step = (verb: string, summary: string, run: (ctx: Ctx, id: string) => Promise<unknown>) =>
  endpoint({
    route: `POST /leads/{id}/${verb}`,
    may: "leads.update",
    summary,
    input: byId,
    run: async (ctx: Ctx, { id }) => {
      await run(ctx, id);
      return findLead(ctx, id);
    },
  });

export const leadsApi = {
  list,
  get,
  update,
  trash,
  restore: endpoint({
    route: "POST /leads/{id}/restore",
    may: "leads.delete",
    summary: "Take a lead out of the trash",
    input: byId,
    run: async (ctx: Ctx, { id }) => {
      await restoreLead(ctx, id);
      return findLead(ctx, id);
    },
  }),
  history,
  create: endpoint({
    route: "POST /leads",
    may: "leads.create",
    summary: "Open a lead on a contact, or on a new person; one that is open already is joined",
    input: z.object({
      contact_id: z.uuid().nullish(),
      person: z.object({ name: words(200).optional(), email: z.email().max(254).optional(), phone: words(60).optional() }).optional(),
      source: words(200).pipe(z.string().min(1, "Say where they asked.")),
      interest: words(200).nullish(),
      message: words(5000).nullish(),
      company: words(200).nullish(),
      owner_id: z.uuid().nullish(),
      custom: customInput,
    }), // prettier-ignore
    status: 201,
    run: (ctx: Ctx, { contact_id, person, ...asked }) =>
      inTransaction(ctx, async (tx) => {
        checkRequired(tx, await describedFor(tx, leadType.object), asked);
        if (!contact_id && !person) throw invalid("contact_id", "Say who asks: a contact or a new person.");
        const who = contact_id ?? (await createRecord(tx, contactType, { ...person, source: asked.source })).id;
        const { id } = await openLead(tx, { ...asked, contact_id: who });
        return findLead(lastLook(tx, leadType.object), id);
      }),
  }),
  around: endpoint({
    route: "GET /leads/{id}/around",
    may: "leads.read",
    summary: "A lead's score with its reasons, the person's other episodes, and how to reach them",
    input: byId,
    run: (ctx: Ctx, { id }) => aroundLead(ctx, id),
  }),
  tally: endpoint({
    route: "GET /leads/tally",
    may: "leads.read",
    summary: "How many leads wait for an answer, how many too long",
    input: z.object({}),
    run: (ctx: Ctx) => tallyOf(ctx),
  }),
  contact: endpoint({
    route: "POST /leads/{id}/contact",
    may: "leads.update",
    summary: "Say that somebody answered; stops the clock of the first answer",
    input: byId.extend({ how: z.enum(ways).default("mail") }),
    run: async (ctx: Ctx, { id, how }) => {
      await contactLead(ctx, id, how);
      return findLead(ctx, id);
    },
  }),
  qualify: step("qualify", "Say that a lead is worth an opportunity", qualifyLead),
  unqualify: endpoint({
    route: "POST /leads/{id}/unqualify",
    may: "leads.update",
    summary: "Set a lead aside with its reason; it comes back on a day when one is given",
    input: byId.extend({ reason_id: z.uuid(), recycle_at: instant.nullish() }),
    run: async (ctx: Ctx, { id, ...why }) => {
      if (why.recycle_at && why.recycle_at <= ctx.clock()) throw invalid("recycle_at", "Choose a day that is to come.");
      await unqualifyLead(ctx, id, why);
      return findLead(ctx, id);
    },
  }),
  reopen: step("reopen", "Open a lead again that was set aside", reopenLead),
  takeBack: step("take-back", "Take the last move of a lead back", takeBackMove),
  preview: endpoint({
    route: "POST /leads/{id}/convert/preview",
    may: "leads.read",
    summary: "What converting a lead would link, make and fill, and what is missing",
    input: byId.extend(choice.shape),
    run: (ctx: Ctx, { id, ...chosen }) => previewConversion(ctx, id, chosen),
  }),
  convert: endpoint({
    route: "POST /leads/{id}/convert",
    may: "leads.convert",
    summary: "Make a lead an opportunity: all or nothing, once, and reversible",
    input: byId.extend(choice.shape),
    run: (ctx: Ctx, { id, ...chosen }) => convertLead(ctx, id, chosen),
  }),
  undoConvert: endpoint({
    route: "POST /leads/{id}/convert/undo",
    may: "leads.convert",
    summary: "Undo a conversion exactly, while the opportunity has not moved on",
    input: byId,
    run: async (ctx: Ctx, { id }) => {
      await undoConversion(ctx, id);
      return findLead(ctx, id);
    },
  }),
  settings: endpoint({
    route: "GET /lead-settings",
    may: "leads.read",
    summary: "What the statuses are called, when an answer is due, who takes turns",
    input: z.object({}),
    run: (ctx: Ctx) => settingsOf(ctx),
  }),
  changeSettings: endpoint({
    route: "PUT /lead-settings",
    may: "leads.settings",
    summary: "Change how leads are worked",
    input: settingsSchema,
    run: (ctx: Ctx, settings) => changeSettings(ctx, settings),
  }),
};
export type LeadsApi = typeof leadsApi;

registerHandActs("lead", { restore: restoreLead });
