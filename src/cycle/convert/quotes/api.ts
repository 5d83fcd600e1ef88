import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { inTransaction, type Ctx } from "#platform/context";
import { checkRequired, cleanText, describedFor, recordEndpoints, registerHandActs, valuesSchema } from "#records";
import { acceptVersion, declineVersion } from "./answer.ts";
import { reopenQuote, withdrawQuote } from "./end.ts";
import { figuresOf } from "./figures.ts";
import { completeLines, lineInput, linesAtMost } from "./lines.ts";
import { paperNow } from "./paper-now.ts";
import { findQuote } from "./queries.ts";
import { quote } from "./quote.ts";
import { resendQuote, sendQuote } from "./send.ts";
import { shownVersion } from "./shown.ts";
import { quoteType } from "./type.ts";
import { changeQuote, createQuote, type NewQuote } from "./write.ts";

const byId = z.object({ id: z.uuid() });
const words = (max: number) => z.string().max(max * 4).transform(cleanText).pipe(z.string().max(max)); // prettier-ignore
const said = (max: number) => words(max).pipe(z.string().min(1, "Say why."));
const lines = z.array(lineInput).max(linesAtMost);

const { list, get, history, trash, restore } = recordEndpoints(quoteType);
const sending = { to: z.string().trim().max(254).optional(), message: words(4000).optional() };

export const quotesApi = {
  list,
  history,
  trash,
  restore,
  get: endpoint({ ...get, summary: "One quote with its lines, tax by rate, versions with their links, and evidence", run: (ctx: Ctx, { id }) => findQuote(ctx, id) }), // prettier-ignore
  create: endpoint({
    route: "POST /quotes",
    may: "quotes.create",
    summary: "Write a quote; a draft until it is sent",
    input: z.strictObject({ ...valuesSchema(quote, "create").shape, lines: lines.optional() }),
    status: 201,
    run: async (ctx: Ctx, input) => {
      checkRequired(ctx, await describedFor(ctx, quote), input);
      return findQuote(ctx, await createQuote(ctx, input as unknown as NewQuote));
    },
  }),
  update: endpoint({
    route: "PATCH /quotes/{id}",
    may: "quotes.update",
    summary: "Change a quote; one that was sent becomes the draft of its next version",
    input: z.strictObject({ ...valuesSchema(quote, "update").shape, lines: lines.optional() }).extend({ id: z.uuid(), version: z.number("Send If-Match with the version you saw.").int() }), // prettier-ignore
    run: async (ctx: Ctx, { id, version, ...values }) => {
      await changeQuote(ctx, id, version, values as unknown as NewQuote);
      return findQuote(ctx, id);
    },
  }),
  figures: endpoint({
    route: "POST /quotes/figures",
    may: "quotes.read",
    summary: "What lines and discounts come to, without saving anything",
    input: z.strictObject({
      currency: z.string().length(3),
      lines,
      discount_percent: z.number().min(0).max(100).nullable().optional(),
      discount_amount: z.int().min(0).max(1e15).nullable().optional(),
    }),
    run: (ctx: Ctx, { currency, lines: given, discount_percent, discount_amount }) =>
      inTransaction(ctx, async (tx) => {
        const complete = await completeLines(tx, given, currency);
        const percent = discount_percent == null ? null : String(discount_percent);
        return { ...figuresOf(complete, { discount_percent: percent, discount_amount }, currency), prices: complete.map((l) => l.unit_price) }; // prettier-ignore
      }),
  }),
  send: endpoint({
    route: "POST /quotes/{id}/send",
    may: "quotes.update",
    summary: "Send a draft: by mail, or as a link to hand over",
    input: byId.extend({ by: z.enum(["mail", "link"]).default("mail"), ...sending }),
    run: (ctx: Ctx, { id, ...how }) => sendQuote(ctx, id, how),
  }),
  resend: endpoint({
    route: "POST /quotes/{id}/resend",
    may: "quotes.update",
    summary: "Mail the link to the version the customer has once more",
    input: byId.extend(sending),
    run: (ctx: Ctx, { id, ...how }) => resendQuote(ctx, id, how),
  }),
  withdraw: endpoint({
    route: "POST /quotes/{id}/withdraw",
    may: "quotes.update",
    summary: "Take a quote back from the customer",
    input: byId.extend({ reason: said(1000) }),
    run: async (ctx: Ctx, { id, reason }) => {
      await withdrawQuote(ctx, id, reason);
      return findQuote(ctx, id);
    },
  }),
  reopen: endpoint({
    route: "POST /quotes/{id}/reopen",
    may: "quotes.update",
    summary: "Offer a withdrawn quote again",
    input: byId,
    run: async (ctx: Ctx, { id }) => {
      await reopenQuote(ctx, id);
      return findQuote(ctx, id);
    },
  }),
  accept: endpoint({
    route: "POST /quotes/{id}/accept",
    may: "quotes.update",
    summary: "Note that the customer accepted some other way than on the page; the order follows",
    input: byId.extend({ by: words(200).pipe(z.string().min(1, "Say who accepted.")), note: said(1000) }),
    run: async (ctx: Ctx, { id, by, note }) => {
      await acceptVersion(ctx, await shownVersion(ctx, id), { by, note, via: "hand" });
      return findQuote(ctx, id);
    },
  }),
  decline: endpoint({
    route: "POST /quotes/{id}/decline",
    may: "quotes.update",
    summary: "Note that the customer declined some other way than on the page",
    input: byId.extend({ reason_id: z.uuid().nullable().optional(), words: words(1000).optional() }),
    run: async (ctx: Ctx, { id, ...why }) => {
      await declineVersion(ctx, await shownVersion(ctx, id), { ...why, via: "hand" });
      return findQuote(ctx, id);
    },
  }),
  paper: endpoint({
    route: "GET /quotes/{id}/pdf",
    may: "quotes.read",
    summary: "The quote as a PDF, as it stands",
    input: byId,
    run: (ctx: Ctx, { id }) => paperNow(ctx, id),
  }),
};
export type QuotesApi = typeof quotesApi;

registerHandActs("quote", { change: changeQuote });
