import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { cleanText, lastLook, recordEndpoints, updateRecord, valuesSchema, type Values } from "#records";
import { boardOf, cardsShown, decidedDays } from "./board.ts";
import { changeLines, lineInput, linesAtMost } from "./lines.ts";
import { moveOpportunity } from "./move.ts";
import { openByHand } from "./by-hand.ts";
import type { NewOpportunity } from "./open.ts";
import { opportunity, opportunityType } from "./opportunity.ts";
import { categories, pipelineStageType, pipelineType, requirable } from "./pipeline.ts";
import { findOpportunity } from "./queries.ts";
import { dropPipeline, pipelinesOf, savePipeline } from "./stages.ts";

const byId = z.object({ id: z.uuid() });
const version = z.number("Send the version you saw.").int();
const lines = z.array(lineInput).max(linesAtMost);
const { list, trash, restore, history } = recordEndpoints(opportunityType);
// Exact, where a JSON number would be a double.
const rate = z
  .union([z.number().positive(), z.string().regex(/^\d{1,10}(\.\d{1,12})?$/)])
  .nullable()
  .optional();

export const opportunitiesApi = {
  list,
  trash,
  restore,
  history,
  get: endpoint({
    route: "GET /opportunities/{id}",
    may: "opportunities.read",
    summary: "One opportunity with its lines and how long it stood in each stage",
    input: byId,
    run: (ctx: Ctx, { id }) => findOpportunity(ctx, id),
  }),
  create: endpoint({
    route: "POST /opportunities",
    may: "opportunities.create",
    summary: "Open an opportunity",
    input: z.strictObject({
      ...valuesSchema(opportunity, "create").shape,
      rate,
      pipeline_id: z.uuid().nullish(),
      stage_id: z.uuid().nullish(),
      lines: lines.optional(),
    }),
    status: 201,
    run: async (ctx: Ctx, input) => findOpportunity(lastLook(ctx, opportunity), await openByHand(ctx, input as unknown as NewOpportunity)),
  }),
  update: endpoint({
    route: "PATCH /opportunities/{id}",
    may: "opportunities.update",
    summary: "Change an opportunity; moving it is a verb of its own",
    input: z.strictObject({ ...valuesSchema(opportunity, "update").shape, rate, id: z.uuid(), version }),
    run: async (ctx: Ctx, { id, version: seen, ...values }) => {
      await updateRecord(ctx, opportunityType, String(id), Number(seen), values);
      return findOpportunity(lastLook(ctx, opportunity), String(id));
    },
  }),
  lines: endpoint({
    route: "PUT /opportunities/{id}/lines",
    may: "opportunities.update",
    summary: "Replace the lines; prices that are not given come from the catalogue and stay",
    input: z.strictObject({ id: z.uuid(), version, lines }),
    run: async (ctx: Ctx, { id, version: seen, lines: given }) => {
      await changeLines(ctx, id, seen, given);
      return findOpportunity(ctx, id);
    },
  }),
  move: endpoint({
    route: "POST /opportunities/{id}/move",
    may: "opportunities.update",
    summary: "Move to a stage, with what the stage requires; losing needs a reason",
    input: z.strictObject({
      id: z.uuid(),
      stage_id: z.uuid(),
      version: version.optional(),
      values: valuesSchema(opportunity, "update").optional(),
      lost_reason_id: z.uuid().nullish(),
    }),
    run: async (ctx: Ctx, { id, values, ...move }) => {
      await moveOpportunity(ctx, id, { ...move, ...(values ? { values: values as Values } : {}) });
      return findOpportunity(lastLook(ctx, opportunity), id);
    },
  }),
  board: endpoint({
    route: "GET /opportunities/board",
    may: "opportunities.read",
    summary: `The board of a pipeline: at most ${cardsShown} cards a stage; what was decided stands there for ${decidedDays} days`,
    input: z.object({ pipeline_id: z.uuid().optional(), owner_id: z.uuid().optional() }),
    run: (ctx: Ctx, wanted) => boardOf(ctx, wanted),
  }),
}; // prettier-ignore

const words = (most: number) =>
  z
    .string()
    .max(most * 4)
    .transform((v) => cleanText(v).replaceAll(/\s+/g, " "))
    .pipe(z.string().min(1, "This is required.").max(most));
const days = z.int().min(1).max(3650).nullish();
const pipelineGiven = {
  name: words(200),
  is_default: z.boolean().optional(),
  stages: z
    .array(
      z.strictObject({
        id: z.uuid().optional(),
        name: words(100),
        category: z.enum(categories),
        probability: z.int().min(0).max(100),
        target_days: days,
        rotting_days: days,
        required_fields: z.array(z.enum(requirable)).max(requirable.length).optional(),
      }),
    )
    .min(3)
    .max(30),
};

const pipelines = recordEndpoints(pipelineType);
const stages = recordEndpoints(pipelineStageType);

export const pipelinesApi = {
  list: pipelines.list,
  get: pipelines.get,
  history: pipelines.history,
  told: endpoint({
    route: "GET /pipelines/stages",
    may: "pipelines.read",
    summary: "All pipelines with their stages in order, the default one first",
    input: z.object({}),
    run: async (ctx: Ctx) => ({ items: await pipelinesOf(ctx) }),
  }),
  create: endpoint({
    route: "POST /pipelines",
    may: "pipelines.update",
    summary: "Add a pipeline with its stages",
    input: z.strictObject(pipelineGiven),
    status: 201,
    run: async (ctx: Ctx, given) => {
      const id = await savePipeline(ctx, null, null, given);
      return (await pipelinesOf(ctx)).find((p) => p.id === id)!;
    },
  }),
  save: endpoint({
    route: "PUT /pipelines/{id}",
    may: "pipelines.update",
    summary: "Save a pipeline with all its stages in order",
    input: z.strictObject({ id: z.uuid(), version, ...pipelineGiven }),
    run: async (ctx: Ctx, { id, version: seen, ...given }) => {
      await savePipeline(ctx, id, seen, given);
      return (await pipelinesOf(ctx)).find((p) => p.id === id)!;
    },
  }),
  drop: endpoint({
    route: "DELETE /pipelines/{id}",
    may: "pipelines.update",
    summary: "Remove a pipeline in which nothing stands",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => dropPipeline(ctx, id),
  }),
};

export const pipelineStagesApi = { list: stages.list, get: stages.get };
