import { z } from "zod";
import { conditionSchema } from "#kernel/condition";
import { endpoint } from "#kernel/endpoint";
import { problemOf } from "#platform/http";
import type { Ctx } from "#platform/context";
import { lastLook } from "./access/index.ts";
import { checkRequired } from "./custom/check.ts";
import { describedFor, objectsFor } from "./custom/described.ts";
import { checkFilter } from "./filter.ts";
import { historyOf } from "./changes.ts";
import { findRecord, listRecords } from "./list.ts";
import type { ObjectDescription } from "./object.ts";
import { outputSchema } from "./output.ts";
import { madeFromFields, type RecordType, type Row, type Values } from "./registry.ts";
import { findByExternalId } from "./external-ids.ts";
import { createRecord, restoreRecord, trashRecord, updateRecord } from "./write.ts";
import { valuesSchema } from "./values.ts";

/** JSON inside a query parameter, checked by the schema. */
export const jsonParam = <T extends z.ZodType>(schema: T) =>
  z.preprocess((v, c) => {
    if (typeof v !== "string") return v;
    try {
      return JSON.parse(v) as unknown;
    } catch {
      c.addIssue({ code: "custom", message: "This is not JSON." });
      return z.NEVER;
    }
  }, schema);

/** What every list may be asked. */
export const listInput = z.object({
  filter: jsonParam(conditionSchema).optional(),
  sort: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
  q: z.string().max(200).optional(),
  fields: z
    .string()
    .max(2000)
    .transform((v) => v.split(","))
    .optional(),
  count: z.enum(["quick", "exact", "none"]).optional(),
  trash: z.stringbool().optional(),
});
const byId = z.object({ id: z.uuid() });
const route = (object: { plural: string }): string => object.plural.replaceAll("_", "-");

/** The generic endpoints of an object: list, get, create, update, trash, restore, history, batch. */
export function recordEndpoints(type: RecordType) {
  const { object } = type;
  const at: `/${string}` = `/${route(object)}`;
  const what = object.label.toLowerCase();
  const recordShape = outputSchema(object);
  return {
    list: endpoint({
      route: `GET ${at}`,
      may: `${object.plural}.read`,
      summary: `List ${object.label_plural.toLowerCase()}`,
      input: listInput,
      output: z.object({
        items: z.array(recordShape),
        next: z.string().nullable(),
        total: z.object({ count: z.int(), exact: z.boolean() }).nullable(),
      }),
      run: async (ctx: Ctx, input) => {
        if (input.filter) checkFilter(input.filter, await describedFor(ctx, object), await objectsFor(ctx));
        return listRecords(ctx, object, input);
      },
    }),
    get: endpoint({
      route: `GET ${at}/{id}`,
      may: `${object.plural}.read`,
      summary: `One ${what}`,
      input: byId,
      output: recordShape,
      run: (ctx: Ctx, { id }) => findRecord(ctx, object, id),
    }),
    update: endpoint({
      route: `PATCH ${at}/{id}`,
      may: `${object.plural}.update`,
      summary: `Change a ${what}`,
      input: valuesSchema(object, "update").extend({
        id: z.uuid(),
        version: z.number("Send If-Match with the version you saw.").int(),
      }),
      output: recordShape,
      run: async (ctx: Ctx, { id, version, ...values }) => {
        await updateRecord(ctx, type, String(id), Number(version), values);
        return findRecord(lastLook(ctx, object), object, String(id));
      },
    }),
    trash: endpoint({
      route: `DELETE ${at}/{id}`,
      may: `${object.plural}.delete`,
      summary: `Move a ${what} to the trash`,
      input: byId,
      status: 204,
      run: async (ctx: Ctx, { id }) => void (await trashRecord(ctx, type, id)),
    }),
    restore: endpoint({
      route: `POST ${at}/{id}/restore`,
      may: `${object.plural}.delete`,
      summary: `Take a ${what} out of the trash`,
      input: byId,
      output: recordShape,
      run: async (ctx: Ctx, { id }) => {
        await restoreRecord(ctx, type, id);
        return findRecord(ctx, object, id);
      },
    }),
    history: endpoint({
      route: `GET ${at}/{id}/history`,
      may: `${object.plural}.read`,
      summary: `Who changed what on a ${what}`,
      input: byId,
      run: async (ctx: Ctx, { id }) => ({ items: await historyOf(ctx, object.name, id) }),
    }),
  };
}

/** The endpoints that add records by hand or in a batch, for objects whose records are made from their own fields. */
export function creatingEndpoints(type: RecordType) {
  const { object } = type;
  madeFromFields(object);
  const at: `/${string}` = `/${route(object)}`;
  const what = object.label.toLowerCase();
  const item = z.object({
    external_id: z.object({ system: z.string().min(1).max(60), id: z.string().min(1).max(200) }).optional(),
    values: z.record(z.string(), z.unknown()),
  });
  return {
    create: endpoint({
      route: `POST ${at}`,
      may: `${object.plural}.create`,
      summary: `Add a ${what}`,
      input: valuesSchema(object, "create"),
      output: outputSchema(object),
      status: 201,
      run: async (ctx: Ctx, values) => {
        checkRequired(ctx, await describedFor(ctx, object), values);
        return findRecord(lastLook(ctx, object), object, (await createRecord(ctx, type, values)).id);
      },
    }),
    batch: endpoint({
      route: `POST ${at}/batch`,
      may: `${object.plural}.create`,
      summary: `Add or change up to 500 ${object.label_plural.toLowerCase()}, by external id`,
      input: z.object({ items: z.array(item).min(1).max(500) }),
      output: z.object({
        items: z.array(
          z.object({
            id: z.string().optional(),
            outcome: z.enum(["created", "updated", "refused"]),
            problem: z.unknown().optional(),
          }),
        ),
      }),
      run: async (ctx: Ctx, { items }) => {
        const answers = [];
        for (const one of items) answers.push(await upsert(ctx, type, one));
        return { items: answers };
      },
    }),
  };
}

// Custom fields are checked by their definitions when they are written.
const ownColumns = (object: ObjectDescription): ObjectDescription => ({
  ...object,
  fields: object.fields.filter((f) => !f.name.startsWith("custom.")),
});

interface BatchItem {
  external_id?: { system: string; id: string } | undefined;
  values: Values;
}

/** One item of a batch in a transaction of its own: a refused one leaves the others standing. */
export async function upsert(ctx: Ctx, type: RecordType, { external_id, values }: BatchItem) {
  try {
    const known = external_id
      ? await findByExternalId(ctx, type.object.name, external_id.system, external_id.id)
      : null;
    const ids = external_id ? { external_ids: { [external_id.system]: external_id.id } } : {};
    const given = valuesSchema(ownColumns(type.object), known ? "update" : "create").parse(values);
    if (!known) checkRequired(ctx, await describedFor(ctx, type.object), given);
    const row: Row = known
      ? await updateRecord(ctx, type, known, undefined, given)
      : await createRecord(ctx, type, { ...given, ...ids });
    return { id: row.id, outcome: known ? ("updated" as const) : ("created" as const) };
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) throw error;
    return { outcome: "refused" as const, problem };
  }
}
