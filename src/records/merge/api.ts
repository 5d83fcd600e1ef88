import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { findRecord } from "../list.ts";
import type { RecordType } from "../registry.ts";
import { mergesOf } from "./find.ts";
import { mergedAtOnce, mergeRecords } from "./merge.ts";
import { undoMerge } from "./undo.ts";

/** Merging records of an object, and what was merged. */
export function mergingEndpoints({ object }: RecordType) {
  const at: `/${string}` = `/${object.plural.replaceAll("_", "-")}`;
  const what = object.label.toLowerCase();
  return {
    merge: endpoint({
      route: `POST ${at}/{id}/merge`,
      may: `${object.plural}.delete`,
      summary: `Merge other ${object.plural} into this one: everything of theirs is carried over, they lead to it from then on`,
      input: z.object({
        id: z.uuid(),
        losers: z.array(z.uuid()).min(1).max(mergedAtOnce),
        choices: z
          .record(z.string().max(80), z.uuid())
          .optional()
          .describe(
            "For a field the id of the record whose value is kept; this record's, or the first there is, unless said.",
          ),
      }),
      output: z.object({ id: z.uuid(), winner_id: z.uuid() }),
      run: (ctx: Ctx, { id, losers, choices }) =>
        mergeRecords(ctx, object.name, id, { losers, ...(choices ? { choices } : {}) }),
    }),
    merges: endpoint({
      route: `GET ${at}/{id}/merges`,
      may: `${object.plural}.read`,
      summary: `What was merged into a ${what}, the latest first`,
      input: z.object({ id: z.uuid() }),
      run: async (ctx: Ctx, { id }) => {
        await findRecord(ctx, object, id);
        return { items: await mergesOf(ctx, id, object.table, object.title) };
      },
    }),
    undoMerge: endpoint({
      route: `POST ${at}/{id}/merges/{merge_id}/undo`,
      may: `${object.plural}.delete`,
      summary: `Undo a merge: everything as it was, but what was changed since, which is named`,
      input: z.object({ id: z.uuid(), merge_id: z.uuid() }),
      output: z.object({ winner_id: z.uuid(), loser_ids: z.array(z.uuid()), kept: z.array(z.string()) }),
      run: (ctx: Ctx, { id, merge_id }) => undoMerge(ctx, object.name, id, merge_id),
    }),
  };
}
