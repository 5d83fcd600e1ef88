import { inTransaction } from "#platform/context";
import { removeUpload } from "#platform/files";
import type { JobKind } from "#platform/jobs";
import { bringBack } from "./bring-back.ts";

// Often enough to be seen moving.
const tellEvery = 20_000; // rows

/** Brings a workspace back from an uploaded file; all in one transaction, so a run that was killed begins anew on the empty workspace. */
export const restoreJob: JobKind = {
  kind: "restore",
  run: async (ctx, job, control) => {
    const upload = { id: String(job.input.upload), path: String(job.input.path) };
    let [rows, told] = [0, 0];
    const came = await bringBack(ctx, upload.path, async (more) => {
      rows += more;
      if (rows - told < tellEvery) return;
      told = rows;
      // In a transaction of its own: the other one is not seen before its end.
      await inTransaction(ctx, (tx) => control.advance(tx, { done: rows }));
    });
    await inTransaction(ctx, (tx) => control.advance(tx, { done: came.rows, total: came.rows }));
    await removeUpload(upload);
    return { ...came };
  },
};
