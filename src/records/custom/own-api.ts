import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { notFound } from "#kernel/refusal";
import type { Ctx, Verb } from "#platform/context";
import { lastLook, mustReach, scopeOf } from "../access/index.ts";
import { notYours } from "../access/scope.ts";
import { historyOf } from "../changes.ts";
import { listInput, upsert } from "../endpoints.ts";
import { checkFilter } from "../filter.ts";
import { findRecord, listRecords } from "../list.ts";
import { lookingAtOwn } from "../looking.ts";
import { exportQuery } from "../export/endpoints.ts";
import { exportAsk, fileNameOf, openExport, streamOf } from "../export/export.ts";
import { startExport } from "../export/job.ts";
import type { Field } from "../object.ts";
import type { RecordType } from "../registry.ts";
import { valuesSchema } from "../values.ts";
import { createRecord, restoreRecord, trashRecord, updateRecord } from "../write.ts";
import { checkRequired } from "./check.ts";
import { objectsFor, ownObjectsFor } from "./described.ts";
import { ownPrefix, ownType } from "./own.ts";

/*
 * The generic endpoints of all own objects: which one, the address says. Built-in roles have them all alike, as "custom.read" and so
 * on; a role made here has each object that it names ("custom/vehicles"), and the endpoint asks of which.
 */
const at = "/custom/{object}";
const which = z.object({ object: z.string().max(60) });
const one = which.extend({ id: z.uuid() });
const answer = z.looseObject({ id: z.uuid(), version: z.int(), name: z.string() });

async function typeOf(ctx: Ctx, key: string, verb: Verb): Promise<RecordType> {
  const object = (await ownObjectsFor(ctx)).find((o) => o.name === ownPrefix + key);
  if (!object || scopeOf(ctx, object, "read") === "none") throw notFound("object");
  if (scopeOf(ctx, object, verb) === "none") throw notYours(object, verb);
  return ownType(object);
}

export const ownApi = {
  ...lookingAtOwn(async (ctx, key) => (await typeOf(ctx, key, "read")).object),
  list: endpoint({
    route: `GET ${at}`,
    may: "custom.read",
    summary: "List the records of an object of your own",
    input: listInput.extend(which.shape),
    output: z.object({ items: z.array(answer), next: z.string().nullable(), total: z.unknown() }),
    run: async (ctx: Ctx, { object: key, ...input }) => {
      const { object } = await typeOf(ctx, key, "read");
      if (input.filter) checkFilter(input.filter, object, await objectsFor(ctx));
      return listRecords(ctx, object, input);
    },
  }),
  get: endpoint({
    route: `GET ${at}/{id}`,
    may: "custom.read",
    summary: "One record of an object of your own",
    input: one,
    output: answer,
    run: async (ctx: Ctx, { object: key, id }) => {
      const { object } = await typeOf(ctx, key, "read");
      await mustReach(ctx, object, id);
      return findRecord(ctx, object, id);
    },
  }),
  create: endpoint({
    route: `POST ${at}`,
    may: "custom.create",
    summary: "Add a record to an object of your own",
    input: z.looseObject(which.shape),
    output: answer,
    status: 201,
    run: async (ctx: Ctx, { object: key, ...given }) => {
      const type = await typeOf(ctx, key, "create");
      const values = valuesSchema({ ...type.object, fields: ownFields(type) }, "create").parse(given);
      checkRequired(ctx, type.object, values);
      return findRecord(lastLook(ctx, type.object), type.object, (await createRecord(ctx, type, values)).id);
    },
  }),
  update: endpoint({
    route: `PATCH ${at}/{id}`,
    may: "custom.update",
    summary: "Change a record of an object of your own",
    input: z.looseObject({ ...one.shape, version: z.number("Send If-Match with the version you saw.").int() }),
    output: answer,
    run: async (ctx: Ctx, { object: key, id, version, ...given }) => {
      const type = await typeOf(ctx, key, "update");
      const values = valuesSchema({ ...type.object, fields: ownFields(type) }, "update").parse(given);
      await updateRecord(ctx, type, id, version, values);
      return findRecord(lastLook(ctx, type.object), type.object, id);
    },
  }),
  trash: endpoint({
    route: `DELETE ${at}/{id}`,
    may: "custom.delete",
    summary: "Move a record of an object of your own to the trash",
    input: one,
    status: 204,
    run: async (ctx: Ctx, { object: key, id }) => void (await trashRecord(ctx, await typeOf(ctx, key, "delete"), id)),
  }),
  restore: endpoint({
    route: `POST ${at}/{id}/restore`,
    may: "custom.delete",
    summary: "Take a record of an object of your own out of the trash",
    input: one,
    output: answer,
    run: async (ctx: Ctx, { object: key, id }) => {
      const type = await typeOf(ctx, key, "delete");
      await restoreRecord(ctx, type, id);
      return findRecord(ctx, type.object, id);
    },
  }),
  history: endpoint({
    route: `GET ${at}/{id}/history`,
    may: "custom.read",
    summary: "Who changed what on a record of an object of your own",
    input: one,
    run: async (ctx: Ctx, { object: key, id }) => {
      const { object } = await typeOf(ctx, key, "read");
      await mustReach(ctx, object, id);
      return { items: await historyOf(ctx, object.name, id) };
    },
  }),
  export: endpoint({
    route: `GET ${at}/export`,
    may: "custom.export",
    summary: "Export the records of an object of your own as a file: CSV, or a workbook (format=xlsx)",
    input: exportQuery.extend(which.shape),
    run: async (ctx: Ctx, { object: key, ...input }) => {
      const { object } = await typeOf(ctx, key, "export");
      const opened = await openExport(ctx, object, exportAsk.parse(input));
      return { file: streamOf(opened), type: opened.format.type, name: fileNameOf(ctx, object, opened.format) };
    },
  }),
  exportLater: endpoint({
    route: `POST ${at}/export`,
    may: "custom.export",
    summary: "Export the records of an object of your own in the background; the file is kept for a day",
    status: 202,
    input: exportAsk.extend(which.shape),
    output: z.object({ job_id: z.string() }),
    run: async (ctx: Ctx, { object: key, ...ask }) => startExport(ctx, (await typeOf(ctx, key, "export")).object, ask),
  }),
  batch: endpoint({
    route: `POST ${at}/batch`,
    may: "custom.create",
    summary: "Add or change up to 500 records of an object of your own, by external id",
    input: which.extend({
      items: z.array(z.object({ external_id: z.object({ system: z.string().min(1).max(60), id: z.string().min(1).max(200) }).optional(), values: z.record(z.string(), z.unknown()) })).min(1).max(500),
    }), // prettier-ignore
    output: z.object({ items: z.array(z.looseObject({ outcome: z.enum(["created", "updated", "refused"]) })) }),
    run: async (ctx: Ctx, { object: key, items }) => {
      const type = await typeOf(ctx, key, "create");
      const answers = [];
      for (const item of items) answers.push(await upsert(ctx, type, item));
      return { items: answers };
    },
  }),
};

const ownFields = (type: RecordType): readonly Field[] =>
  type.object.fields.filter((f) => !f.name.startsWith("custom."));
