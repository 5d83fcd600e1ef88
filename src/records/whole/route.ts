import type { FastifyInstance, FastifyRequest } from "fastify";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import { refuseUnlessFits, storeUpload } from "#platform/files";
import { enqueue } from "#platform/jobs";

interface Options {
  identify: (request: FastifyRequest) => Promise<Ctx | null>;
  may: (ctx: Ctx, permission: string) => boolean;
  dataDir: string;
  config: { maxUploadBytes: number };
}

/** POST /workspace/restore: a multipart upload of one `file` that GET /workspace/export wrote; 202 with the job that brings it back. */
export function restoreRoute(app: FastifyInstance, options: Options): void {
  app.post("/api/v1/workspace/restore", async (request, reply) => {
    const ctx = await options.identify(request);
    if (!ctx) throw new Refused("unauthenticated", "signed-out", "Please sign in, or send an API key.");
    if (!options.may(ctx, "workspace.restore"))
      throw new Refused("forbidden", "not-allowed", "Only an owner may bring a whole workspace back.", {
        detail: { permission: "workspace.restore" },
      });
    const most = options.config.maxUploadBytes;
    const announced = Number(request.headers["content-length"]);
    await refuseUnlessFits(options.dataDir, Number.isFinite(announced) ? announced : null, most);
    const part = request.isMultipart() ? await request.file({ limits: { fileSize: most + 1, files: 1 } }) : undefined;
    if (!part) throw new Refused("invalid", "upload.no-file", "Send the file as multipart/form-data, in a part named file.");
    const stored = await storeUpload(options.dataDir, part.file, most);
    const input = { upload: stored.id, path: stored.path };
    const job_id = await inTransaction(ctx, (tx) => enqueue(tx, { kind: "restore", title: "Bring the workspace back", input }));
    return reply.code(202).send({ job_id });
  });
} // prettier-ignore
