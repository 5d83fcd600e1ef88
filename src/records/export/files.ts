import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Ctx } from "#platform/context";

// Under the workspace's schema and the job's id.
const keyOf = (ctx: Ctx, job: string): string => `${ctx.workspace.schema}/${job}`;

/** Writes the file of a job and hands it to the store; answers its bytes. */
export async function writeExport(ctx: Ctx, job: string, pieces: AsyncGenerator<Buffer>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "rondo-export-"));
  try {
    const path = join(folder, "file");
    await pipeline(Readable.from(pieces, { objectMode: false }), createWriteStream(path, { mode: 0o600 }));
    const { size } = await stat(path);
    await ctx.outside.files.keep(keyOf(ctx, job), path);
    return size;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The file of a job as a stream; refused when it is gone. */
export const readExport = (ctx: Ctx, job: string): Promise<Readable> => ctx.outside.files.open(keyOf(ctx, job));

export const removeExport = (ctx: Ctx, job: string): Promise<void> => ctx.outside.files.remove(keyOf(ctx, job));
