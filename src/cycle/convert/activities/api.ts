import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { invalid } from "#kernel/refusal";
import { cleanText, creatingEndpoints, findRecord, recordEndpoints, richText } from "#records";
import { writeMail } from "./mail.ts";
import { finishTask, reopenTask } from "./finish.ts";
import { task, taskType } from "./task.ts";
import { editNote, restoreNote, writeNote } from "./note.ts";
import { entriesOf, logCall, outcomes, takeBack } from "./told.ts";

const byId = z.object({ id: z.uuid() });
const about = { contact_id: z.uuid().nullish(), account_id: z.uuid().nullish() };
const words = (most: number) => z.string().max(most * 4).transform(cleanText).pipe(z.string().max(most)); // prettier-ignore

export const tasksApi = {
  ...recordEndpoints(taskType),
  ...creatingEndpoints(taskType),
  finish: endpoint({
    route: "POST /tasks/{id}/finish",
    may: "tasks.update",
    summary: "Say that a task is done, and what came of it",
    input: byId.extend({ outcome: words(500).nullish() }),
    run: async (ctx: Ctx, { id, outcome }) => {
      await finishTask(ctx, id, outcome ?? null);
      return findRecord(ctx, task, id);
    },
  }),
  reopen: endpoint({
    route: "POST /tasks/{id}/reopen",
    may: "tasks.update",
    summary: "Open a task again that was done by mistake",
    input: byId,
    run: async (ctx: Ctx, { id }) => {
      await reopenTask(ctx, id);
      return findRecord(ctx, task, id);
    },
  }),
};
export type TasksApi = typeof tasksApi;

export const notesApi = {
  write: endpoint({
    route: "POST /notes",
    may: "notes.create",
    summary: "Write a note on a contact or an account: `text`, or `html` with bold, lists, links and mentions",
    input: z.object({ ...about, text: words(20_000).optional(), html: richText.optional() }),
    status: 201,
    run: (ctx: Ctx, { text, html, ...note }) => {
      if (html) return writeNote(ctx, { ...note, rich: html });
      if (!text) throw invalid("text", "Write something.");
      return writeNote(ctx, { ...note, text });
    },
  }),
  edit: endpoint({
    route: "PATCH /notes/{id}",
    may: "notes.create",
    summary: "Change your own note",
    input: byId.extend({ version: z.int("Send If-Match with the version you saw."), html: richText }),
    run: (ctx: Ctx, { id, version, html }) => editNote(ctx, id, version, html),
  }),
  restore: endpoint({
    route: "POST /notes/{id}/restore",
    may: "notes.create",
    summary: "Take your own note back that you took away",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => restoreNote(ctx, id),
  }),
  remove: endpoint({
    route: "DELETE /notes/{id}",
    may: "notes.create",
    summary: "Take a note back",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => takeBack(ctx, "note", id),
  }),
  entries: endpoint({
    route: "GET /entries",
    may: "notes.read",
    summary: "The latest notes and calls of a contact or an account, in full",
    input: z.object({ ...about, limit: z.coerce.number().int().min(1).max(200).default(20) }),
    run: async (ctx: Ctx, { limit, ...whose }) => ({ items: await entriesOf(ctx, whose, limit) }),
  }),
};
export type NotesApi = typeof notesApi;

export const callsApi = {
  log: endpoint({
    route: "POST /calls",
    may: "notes.create",
    summary: "Log a call with a contact or an account",
    input: z.object({
      ...about,
      outcome: z.enum(outcomes),
      minutes: z.int().min(0).max(1440).default(0),
      text: words(20_000).nullish(),
      at: z.iso.datetime({ offset: true }).optional(),
    }),
    status: 201,
    run: (ctx: Ctx, { at, text, ...call }) =>
      logCall(ctx, { ...call, text: text || null, at: at ? new Date(at) : undefined }),
  }),
  remove: endpoint({
    route: "DELETE /calls/{id}",
    may: "notes.create",
    summary: "Take a logged call back",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => takeBack(ctx, "call", id),
  }),
};
export type CallsApi = typeof callsApi;

export const mailsApi = {
  write: endpoint({
    route: "POST /mails",
    may: "notes.create",
    summary: "Write a mail to a contact; it leaves through the one ledger, and answers come to you",
    input: z.object({
      contact_id: z.uuid(),
      subject: words(200)
        .transform((v) => v.replaceAll(/\s+/g, " "))
        .pipe(z.string().min(1, "Say what it is about.")),
      text: words(20_000).pipe(z.string().min(1, "Write something.")),
      key: z.uuid().describe("Your own id of this letter: sent twice, it leaves once."),
    }),
    status: 202,
    run: (ctx: Ctx, letter) => writeMail(ctx, letter),
  }),
};
export type MailsApi = typeof mailsApi;
