import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { onTestFinished } from "vitest";
import { createLog } from "#platform/log";
import type { Ctx } from "#platform/context";
import { findJob, workOnce, type Job } from "#platform/jobs";
import { begin } from "./api.ts";
import { firstFailures } from "./failures.ts";
import { importJob } from "./job.ts";
import { noteImport, type Import } from "./ledger.ts";
import { lookAt } from "./look.ts";
import type { Mapping } from "./mapping.ts";
import { measure } from "#platform/files";

/** A file that lies somewhere, noted as an import. */
export const noteFile = async (ctx: Ctx, object: string, path: string): Promise<Import> =>
  noteImport(ctx, { object, path, file_name: basename(path), ...(await measure(path)) });

/** An uploaded file, in a folder that goes away with the test. */
export async function uploaded(
  ctx: Ctx,
  object: string,
  content: string | Buffer,
  name = `${object}.csv`,
): Promise<Import> {
  const folder = await mkdtemp(join(tmpdir(), "rondo-import-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  await writeFile(path, content);
  return noteFile(ctx, object, path);
}

export interface Given {
  mapping?: Mapping;
  options?: Record<string, unknown>;
}

/** Starts the import as the wizard would, with what it proposes unless said; answers the job's id. */
export async function started(ctx: Ctx, found: Import, given: Given = {}): Promise<string> {
  const look = await lookAt(ctx, found);
  const how = {
    format: look.format,
    mapping: given.mapping ?? look.mapping,
    options: { ...look.options, ...given.options },
  };
  return (await begin(ctx, found, how)).job_id;
}

/** Runs every waiting job as the worker does. */
export async function work(ctx: Ctx): Promise<void> {
  while (await workOnce(ctx, [importJob], createLog(process.env.LOG_LEVEL ?? "silent")));
}

/** Imports a file to its end; answers the job, its counts and the failed rows' reasons. */
export async function imported(
  ctx: Ctx,
  object: string,
  file: string | Buffer | Import,
  given: Given = {},
): Promise<{ job: Job; counts: Record<string, number>; failures: string[]; import_id: string }> {
  const found = typeof file === "string" || Buffer.isBuffer(file) ? await uploaded(ctx, object, file) : file;
  const id = await started(ctx, found, given);
  await work(ctx);
  const job = await findJob(ctx, id);
  const failures = (await firstFailures(ctx, found.id)).flatMap((f) => f.problems.map((p) => p.message));
  return { job, counts: (job.result?.counts ?? {}) as Record<string, number>, failures, import_id: found.id };
}
