import { sql } from "kysely";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import { enqueue, type JobKind } from "#platform/jobs";
import { countRecords } from "../list.ts";
import type { ObjectDescription } from "../object.ts";
import { asAsked, whoAsks } from "../bulk/asked.ts";
import { objectsFor } from "../custom/described.ts";
import { exportAsk, fileNameOf, openExport, type ExportAsk } from "./export.ts";
import { readExport, removeExport, writeExport } from "./files.ts";

/*
 * Words we use
 *   kept   an export's file waits for a day for whoever asked for it, and for nobody else
 */
/** Lets the file be written in the background; answers the job. */
export async function startExport(ctx: Ctx, object: ObjectDescription, ask: ExportAsk): Promise<{ job_id: string }> {
  await openExport(ctx, object, ask);
  const { count } = await countRecords(ctx, object, { ...ask, count: "quick" });
  const total = ask.records?.length ?? count;
  const input = { object: object.name, ask, ...whoAsks(ctx) };
  return inTransaction(ctx, async (tx) => ({
    job_id: await enqueue(tx, { kind: "export", title: `Export ${object.label_plural.toLowerCase()}`, input, total }),
  }));
}

// Often enough to be seen moving, seldom enough to cost nothing.
const tellEvery = 20_000; // rows

/** Writes records to a file, as they are at one instant; a run that was cut off begins anew. */
export const exportJob: JobKind = {
  kind: "export",
  run: async (system, job, control) => {
    const ctx = await asAsked(system, job.input);
    const object = (await objectsFor(ctx))(String(job.input.object));
    const opened = await openExport(ctx, object, exportAsk.parse(job.input.ask));
    let rows = 0;
    let told = 0;
    const tell = (): Promise<void> => inTransaction(ctx, (tx) => control.advance(tx, { done: rows }));
    const onRows = async (more: number): Promise<void> => {
      rows += more;
      if (rows - told < tellEvery) return;
      told = rows;
      await tell();
    };
    const bytes = await writeExport(ctx, job.id, opened.pieces(onRows));
    await inTransaction(ctx, (tx) => control.advance(tx, { done: rows, total: rows }));
    return { file: fileNameOf(ctx, object, opened.format), type: opened.format.type, rows, bytes };
  },
};

interface Kept {
  id: string;
  actor: { id: string | null };
  result: { file: string; type: string } | null;
}

/** The file that an export job wrote, for whoever asked for it. */
export async function exportedFile(ctx: Ctx, id: string) {
  const { rows } = await sql<Kept>`select id, actor, result from jobs where id = ${id} and kind = 'export'`.execute(ctx.db); // prettier-ignore
  const job = rows[0];
  if (!job?.result) throw notFound("file");
  if (ctx.actor.id === null || job.actor.id !== ctx.actor.id)
    throw new Refused("forbidden", "export.not-yours", "Only whoever asked for this export may download it.");
  return { file: await readExport(ctx, id), type: job.result.type, name: job.result.file };
}

/** When the next file has waited for a day; null when none waits. */
export async function exportGoesAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(finished_at) + interval '1 day' as at from jobs where kind = 'export' and result ? 'file'`.execute(
    ctx.db,
  );
  return rows[0]!.at;
}

/** Removes files that waited for a day; answers how many. */
export async function sweepExports(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update jobs set result = result - 'file' where kind = 'export' and result ? 'file' and finished_at <= ${ctx.clock()}::timestamptz - interval '1 day' returning id`.execute(
    ctx.db,
  );
  for (const { id } of rows) await removeExport(ctx, id);
  return rows.length;
}
