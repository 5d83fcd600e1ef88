import { toString } from "qrcode";
import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { pageUrl } from "#platform/pages";
import { createRecord, recordEndpoints, restoreRecord, updateRecord, valuesSchema } from "#records";
import { designSchema } from "./design.ts";
import { form, formType, type FormRow } from "./form.ts";
import { acceptSpam } from "./not-spam.ts";
import { findForm, submissionsOf } from "./read.ts";

const byId = z.object({ id: z.uuid() });
const { list, trash, history } = recordEndpoints(formType);
const origins = z.array(z.string().max(300)).max(20);

export type FormTold = FormRow & { url: string };

const told = async (ctx: Ctx, id: string): Promise<FormTold> => {
  const found = await findForm(ctx, id);
  return { ...found, url: pageUrl(ctx, `/f/${found.key}`) };
};

export const formsApi = {
  list,
  trash,
  history,
  get: endpoint({
    route: "GET /forms/{id}",
    may: "forms.read",
    summary: "One form with its fields, wordings and address",
    input: byId,
    run: (ctx: Ctx, { id }) => told(ctx, id),
  }),
  create: endpoint({
    route: "POST /forms",
    may: "forms.create",
    summary: "Make a form",
    input: valuesSchema(form, "create").extend({ design: designSchema, origins: origins.optional() }),
    status: 201,
    run: async (ctx: Ctx, values) => told(ctx, (await createRecord(ctx, formType, values)).id),
  }),
  update: endpoint({
    route: "PATCH /forms/{id}",
    may: "forms.update",
    summary: "Change a form; another wording of a consent becomes its next version",
    input: valuesSchema(form, "update").extend({
      id: z.uuid(),
      version: z.number("Send If-Match with the version you saw.").int(),
      design: designSchema.optional(),
      origins: origins.optional(),
    }),
    run: async (ctx: Ctx, { id, version, ...values }) => {
      await updateRecord(ctx, formType, String(id), Number(version), values);
      return told(ctx, String(id));
    },
  }),
  restore: endpoint({
    route: "POST /forms/{id}/restore",
    may: "forms.delete",
    summary: "Take a form out of the trash",
    input: byId,
    run: async (ctx: Ctx, { id }) => {
      await restoreRecord(ctx, formType, id);
      return told(ctx, id);
    },
  }),
  qr: endpoint({
    route: "GET /forms/{id}/qr",
    may: "forms.read",
    summary: "The form's address as a QR code, an SVG picture",
    input: byId,
    run: async (ctx: Ctx, { id }) => ({
      svg: await toString((await told(ctx, id)).url, { type: "svg", errorCorrectionLevel: "M", margin: 2 }),
    }),
  }),
  submissions: endpoint({
    route: "GET /forms/{id}/submissions",
    may: "forms.read",
    summary: "What was sent with a form, newest first, spam apart",
    input: byId.extend({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(100).optional(),
      verdict: z.enum(["accepted", "spam"]).optional(),
    }),
    run: (ctx: Ctx, { id, ...query }) => submissionsOf(ctx, id, query),
  }),
  notSpam: endpoint({
    route: "POST /form-submissions/{id}/not-spam",
    may: "forms.update",
    summary: "Say that a submission is no spam: the contact is met and the lead opened now",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => acceptSpam(ctx, id),
  }),
};
export type FormsApi = typeof formsApi;
