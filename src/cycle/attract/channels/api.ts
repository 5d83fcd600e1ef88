import { sql } from "kysely";
import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { inTransaction, type Ctx } from "#platform/context";
import { cleanText } from "#records";
import { sendUnknownAgain } from "./control.ts";
import { mailsOf, mailState, sendsOf } from "./queries.ts";
import { sendStates } from "./send.ts";
import { changeSettings, mailSettings } from "./settings.ts";
import { listSuppressions, release, suppress } from "./suppress.ts";

const line = (max: number) => z.string().max(max).transform((v) => cleanText(v).replaceAll(/\s+/g, " ").trim() || null).nullable(); // prettier-ignore
const ofSource = z.object({ source: z.string().min(1).max(40), source_id: z.uuid() });
const page = { limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(300).optional() };

export const mailApi = {
  settings: endpoint({
    route: "GET /mail/settings",
    may: "mail.read",
    summary: "Who mails come from, and how many a customer gets at most",
    input: z.object({}),
    run: (ctx: Ctx) => mailSettings(ctx),
  }),
  change: endpoint({
    route: "PATCH /mail/settings",
    may: "mail.update",
    summary: "Change the sender, the contact budget or the tracking",
    input: z.object({
      version: z.number("Send If-Match with the version you saw.").int(),
      from_name: line(100).optional(),
      from_address: line(254).optional(),
      reply_to: line(254).optional(),
      postal: line(300).optional(),
      budget_mails: z.number().int().min(0).max(1000).optional(),
      quiet_hours: z.number().int().min(0).max(720).optional(),
      tracking: z.boolean().optional(),
    }),
    run: (ctx: Ctx, { version, ...change }) => changeSettings(ctx, change, version),
  }),
  state: endpoint({
    route: "GET /mail/state",
    may: "mail.read",
    summary: "Whether mails leave, how many wait, are in doubt or paused",
    input: z.object({}),
    run: (ctx: Ctx) => mailState(ctx),
  }),
  of: endpoint({
    route: "GET /contacts/{id}/mails",
    may: "mail.read",
    summary: "What a contact was sent, what was held back and why, newest first",
    input: z.object({ id: z.uuid() }),
    run: async (ctx: Ctx, { id }) => ({ items: await mailsOf(ctx, id) }),
  }),
  sends: endpoint({
    route: "GET /mail/sends",
    may: "mail.read",
    summary: "The mails of one source (a campaign, a survey's invitation) and where each stands",
    input: ofSource.extend({
      ...page,
      state: z.enum(sendStates).optional(),
      code: z.string().max(40).optional(),
      did: z.enum(["opened", "clicked", "machine", "unsubscribed"]).optional(),
    }),
    run: (ctx: Ctx, { source, source_id, state, code, did, limit, cursor }) => {
      const which = state ? { state, code } : did ? { did } : {};
      return sendsOf(ctx, { source, source_id }, which, { limit, cursor: z.uuid().optional().parse(cursor) });
    },
  }),
  again: endpoint({
    route: "POST /mail/again",
    may: "mail.send",
    summary: "Send the mails of a source that are in doubt once more: some may arrive twice",
    input: ofSource,
    run: async (ctx: Ctx, of) => ({ planned: await inTransaction(ctx, (tx) => sendUnknownAgain(tx, of)) }),
  }),
  suppressions: endpoint({
    route: "GET /mail/suppressions",
    may: "mail.read",
    summary: "Addresses that get no mails, newest first",
    input: z.object({ ...page, q: z.string().max(200).optional() }),
    run: (ctx: Ctx, input) => listSuppressions(ctx, input),
  }),
  suppress: endpoint({
    route: "POST /mail/suppressions",
    may: "mail.send",
    summary: "Write to an address no more",
    input: z.object({
      address: z.string().max(254),
      scope: z.enum(["all", "marketing"]).default("marketing"),
      why: z.string().trim().min(3, "Say why, so that others understand.").max(500),
    }),
    status: 201,
    run: (ctx: Ctx, { address, scope, why }) =>
      inTransaction(ctx, async (tx) => {
        await suppress(tx, { address, scope, why, source: "hand" });
        return { address: address.trim().toLowerCase(), scope, why };
      }),
  }),
  release: endpoint({
    route: "DELETE /mail/suppressions/{address}",
    may: "mail.update",
    summary: "Let an address get mails again",
    input: z.object({ address: z.string().max(254) }),
    status: 204,
    run: (ctx: Ctx, { address }) => release(ctx, address),
  }),
  unknown: endpoint({
    route: "GET /mail/unknown",
    may: "mail.read",
    summary: "Sources with mails in doubt",
    input: z.object({}),
    run: async (ctx: Ctx) => {
      const { rows } = await sql<{ source: string; source_id: string; subject: string | null; n: number }>`
        select source, source_id, max(subject) as subject, count(*)::int as n from sends where state = 'unknown' group by source, source_id order by n desc limit 100`.execute(
        ctx.db,
      );
      return { items: rows };
    },
  }),
};
export type MailApi = typeof mailApi;
