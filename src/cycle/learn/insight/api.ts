import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { cleanText, createRecord, recordEndpoints, restoreRecord, updateRecord, valuesSchema } from "#records";
import { evidenceOf } from "./evidence.ts";
import { closeInsight, findInsight, findOut, reopenInsight } from "./find.ts";
import { aboutSchema, insightType } from "./insight.ts";
import { definitionSchema } from "./match.ts";
import { insightsOf, raisersOf } from "./people.ts";
import { putOffProposal } from "./proposed.ts";
import { theme, themeType } from "./theme.ts";
import { findTheme, mentionsOf, seenOf, themeLines, tryDefinition } from "./themes.ts";

const byId = z.object({ id: z.uuid() });
const days = z.coerce.number().int().min(7).max(730).default(90);
const words = (most: number) => z.string().max(most * 4).transform(cleanText).pipe(z.string().max(most)); // prettier-ignore
const { list, trash, history } = recordEndpoints(themeType);

export const themesApi = {
  list,
  trash,
  history,
  figures: endpoint({
    route: "GET /themes/figures",
    may: "themes.read",
    summary: "All themes with people, mentions, rate per 100 orders, trend and money at stake of the last days, 90 unless said",
    input: z.object({ days }),
    run: (ctx: Ctx, { days }) => themeLines(ctx, days),
  }),
  get: endpoint({
    route: "GET /themes/{id}",
    may: "themes.read",
    summary: "One theme with its definition",
    input: byId,
    run: (ctx: Ctx, { id }) => findTheme(ctx, id),
  }),
  seen: endpoint({
    route: "GET /themes/{id}/figures",
    may: "themes.read",
    summary: "What one theme came to in the last days: trend, products, money at stake, the insights about it",
    input: byId.extend({ days }),
    run: (ctx: Ctx, { id, days }) => seenOf(ctx, id, days),
  }),
  mentions: endpoint({
    route: "GET /themes/{id}/mentions",
    may: "themes.read",
    summary: "Who raised a theme, when and in which words, the latest first",
    input: byId.extend({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(500).optional() }),
    run: (ctx: Ctx, { id, ...page }) => mentionsOf(ctx, id, page),
  }),
  tried: endpoint({
    route: "POST /themes/preview",
    may: "themes.read",
    summary: "What a definition would have found among the latest 3,000 facts in which customers say something",
    input: z.object({ definition: definitionSchema }),
    run: (ctx: Ctx, { definition }) => tryDefinition(ctx, definition),
  }),
  create: endpoint({
    route: "POST /themes",
    may: "themes.create",
    summary: "Make a theme from reasons and rules over words; a job finds its mentions of the past",
    input: valuesSchema(theme, "create").extend({ definition: definitionSchema }),
    status: 201,
    run: async (ctx: Ctx, values) => findTheme(ctx, (await createRecord(ctx, themeType, values)).id),
  }),
  update: endpoint({
    route: "PATCH /themes/{id}",
    may: "themes.update",
    summary: "Change a theme; another definition has its mentions found anew by a job",
    input: valuesSchema(theme, "update").extend({
      id: z.uuid(),
      version: z.number("Send If-Match with the version you saw.").int(),
      definition: definitionSchema.optional(),
    }),
    run: async (ctx: Ctx, { id, version, ...values }) => {
      await updateRecord(ctx, themeType, String(id), Number(version), values);
      return findTheme(ctx, String(id));
    },
  }),
  restore: endpoint({
    route: "POST /themes/{id}/restore",
    may: "themes.delete",
    summary: "Take a theme out of the trash",
    input: byId,
    run: async (ctx: Ctx, { id }) => {
      await restoreRecord(ctx, themeType, id);
      return findTheme(ctx, id);
    },
  }),
  putOff: endpoint({
    route: "POST /themes/{id}/put-off",
    may: "insights.create",
    summary: "Wave away that a theme is rising: it is not proposed again for so many days; 0 takes that back",
    input: byId.extend({ days: z.int().min(0).max(365).default(90) }),
    status: 204,
    run: (ctx: Ctx, { id, days }) => putOffProposal(ctx, id, days),
  }),
}; // prettier-ignore
export type ThemesApi = typeof themesApi;

const records = recordEndpoints(insightType);

export const insightsApi = {
  list: records.list,
  update: records.update,
  trash: records.trash,
  restore: records.restore,
  history: records.history,
  get: endpoint({
    route: "GET /insights/{id}",
    may: "insights.read",
    summary: "One insight with the evidence it was found by",
    input: byId,
    run: (ctx: Ctx, { id }) => findInsight(ctx, id),
  }),
  evidence: endpoint({
    route: "POST /insights/evidence",
    may: "insights.read",
    summary: "What is known about a theme, a link of the ring or a segment now, looking back so many days",
    input: z.object({ about: aboutSchema, days }),
    run: (ctx: Ctx, { about, days }) => evidenceOf(ctx, about, days),
  }),
  create: endpoint({
    route: "POST /insights",
    may: "insights.create",
    summary: "Note an insight: its evidence is frozen, and those who raised it join it",
    input: z.object({
      title: words(200).pipe(z.string().min(1, "Say it in a few words.")),
      statement: words(4000).nullish(),
      about: aboutSchema,
      days,
      owner_id: z.uuid().nullish(),
      proposed: z.boolean().optional(),
    }),
    status: 201,
    run: async (ctx: Ctx, finding) => findInsight(ctx, await findOut(ctx, finding)),
  }),
  people: endpoint({
    route: "GET /insights/{id}/people",
    may: "insights.read",
    summary: "Those whose mentions are the evidence, who said it last first",
    input: byId,
    run: async (ctx: Ctx, { id }) => ({ items: await raisersOf(ctx, (await findInsight(ctx, id)).id) }),
  }),
  close: endpoint({
    route: "POST /insights/{id}/close",
    may: "insights.update",
    summary: "Close an insight with a reason",
    input: byId.extend({ reason: words(500).pipe(z.string().min(1, "Say why.")) }),
    run: async (ctx: Ctx, { id, reason }) => {
      await closeInsight(ctx, id, reason);
      return findInsight(ctx, id);
    },
  }),
  reopen: endpoint({
    route: "POST /insights/{id}/reopen",
    may: "insights.update",
    summary: "Open a closed insight again",
    input: byId,
    run: async (ctx: Ctx, { id }) => {
      await reopenInsight(ctx, id);
      return findInsight(ctx, id);
    },
  }),
  of: endpoint({
    route: "GET /contacts/{id}/insights",
    may: "insights.read",
    summary: "The insights a contact belongs to by what they raised",
    input: byId,
    run: async (ctx: Ctx, { id }) => ({ items: await insightsOf(ctx, id) }),
  }),
};
export type InsightsApi = typeof insightsApi;
