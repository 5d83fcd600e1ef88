import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { recordRef, seenRecord } from "../beside.ts";
import { giveUpFile, restoreFile, trashFile } from "./add.ts";
import { fileNamed, filesOf, toldOf } from "./file.ts";
import { mustSee } from "./see.ts";

const byId = z.object({ id: z.uuid() });

export const filesApi = {
  list: endpoint({
    route: "GET /files",
    may: "signed-in",
    summary: "The files of a record, newest first",
    input: z.object(recordRef),
    output: z.object({
      items: z.array(
        z.object({
          id: z.uuid(),
          object: z.string(),
          record_id: z.uuid(),
          name: z.string(),
          type: z.string(),
          bytes: z.int(),
          by_name: z.string(),
          created_at: z.string(),
        }),
      ),
    }),
    run: async (ctx: Ctx, ref) => {
      await seenRecord(ctx, ref);
      return { items: await filesOf(ctx, ref) };
    },
  }),
  get: endpoint({
    route: "GET /files/{id}",
    may: "signed-in",
    summary: "What one file is called and what kind it is, one of the trash too",
    input: byId,
    run: async (ctx: Ctx, { id }) => {
      const file = await fileNamed(ctx, id);
      if (!file) throw notFound("file");
      await mustSee(ctx, file);
      return toldOf(file);
    },
  }),
  trash: endpoint({
    route: "DELETE /files/{id}",
    may: "signed-in",
    summary: "Move a file to the trash; it is kept there for 30 days",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => trashFile(ctx, id),
  }),
  giveUp: endpoint({
    route: "DELETE /files/fresh/{id}",
    may: "signed-in",
    summary: "Give up a file you sent for a record that is not saved yet; one that became a record's stays",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => giveUpFile(ctx, id),
  }),
  restore: endpoint({
    route: "POST /files/{id}/restore",
    may: "signed-in",
    summary: "Take a file out of the trash",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => restoreFile(ctx, id),
  }),
};
export type FilesApi = typeof filesApi;
