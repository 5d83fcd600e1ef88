import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { cleanText, cut } from "../values.ts";
import { begin } from "./api.ts";
import { importerOf } from "./importer.ts";
import { forgetImport, noteImport, type Import } from "./ledger.ts";
import { importerFor, lookAt, type Look } from "./look.ts";
import { Mapping } from "./mapping.ts";
import { tableOfCards } from "./vcard/table.ts";
import { refuseUnlessFits, removeUpload, storeUpload, sweepUploads, tooLarge, type StoredFile } from "#platform/files";

export interface UploadOptions {
  identify: (request: FastifyRequest) => Promise<Ctx | null>;
  may: (ctx: Ctx, permission: string) => boolean;
  dataDir: string;
  config: { maxUploadBytes: number };
}

const json = <T extends z.ZodType>(schema: T) =>
  z.string().transform((text, c) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      c.addIssue({ code: "custom", message: "This is not JSON." });
      return z.NEVER;
    }
  }).pipe(schema); // prettier-ignore

const fields = z.object({
  object: z.string().max(60),
  mapping: json(Mapping).optional(),
  options: json(z.record(z.string().max(60), z.unknown())).optional(),
  start: z.stringbool().optional(),
});

/**
 * POST /imports: a multipart upload of one `file` with `object`, and `mapping`, `options`, `start` if wanted. 201 with what the
 * file seems to be, or 202 with a job when a mapping is given or `start` is true.
 */
export function uploadRoute(app: FastifyInstance, options: UploadOptions): void {
  void sweepUploads(options.dataDir, new Date());
  app.post("/api/v1/imports", async (request, reply) => {
    const ctx = await options.identify(request);
    if (!ctx) throw new Refused("unauthenticated", "signed-out", "Please sign in, or send an API key.");
    if (!options.may(ctx, "imports.create"))
      throw new Refused("forbidden", "not-allowed", `Your role (${ctx.role}) may not do this.`, {
        detail: { permission: "imports.create" },
      });
    if (!request.isMultipart())
      throw new Refused(
        "invalid",
        "upload.not-multipart",
        "Send the file as multipart/form-data, in a part named file.",
      );
    const announced = Number(request.headers["content-length"]);
    await refuseUnlessFits(
      options.dataDir,
      Number.isFinite(announced) ? announced : null,
      options.config.maxUploadBytes,
    );
    const { stored, name, values } = await receive(request, options);
    try {
      const given = fields.parse(values);
      // A file may bring what its sender may make by hand.
      const permission = importerOf(given.object)?.may ?? `${given.object}.create`;
      if (!options.may(ctx, permission))
        throw new Refused("forbidden", "not-allowed", `Your role (${ctx.role}) may not add these records.`, {
          detail: { permission },
        });
      const answer = await take(ctx, stored, name, given);
      return await reply.code("job_id" in answer ? 202 : 201).send(answer);
    } catch (error) {
      await removeUpload(stored);
      throw error;
    }
  });
}

interface Received {
  stored: StoredFile;
  name: string;
  values: Record<string, unknown>;
}

/** Takes all parts; the file goes to the disk as it comes. */
async function receive(request: FastifyRequest, options: UploadOptions): Promise<Received> {
  let stored: StoredFile | null = null;
  let name = "";
  const values: Record<string, unknown> = {};
  const limit = options.config.maxUploadBytes;
  try {
    for await (const part of request.parts({ limits: { fileSize: limit + 1, files: 1 } })) {
      if (part.type === "field") values[part.fieldname] = part.value;
      else {
        name = cleanName(part.filename);
        stored = await storeUpload(options.dataDir, part.file, limit);
      }
    }
  } catch (error) {
    if (stored) await removeUpload(stored);
    throw (error as { statusCode?: unknown }).statusCode === 413 ? tooLarge(limit) : error;
  }
  if (!stored) throw new Refused("invalid", "upload.no-file", "There is no part named file with the file in it.");
  return { stored, name, values };
}

// The name is shown and offered for download; it never becomes a path.
const cleanName = (name: string | undefined): string =>
  cut(cleanText((name ?? "").replace(/^.*[\\/]/, "")).replace(/[\s"]+/g, " ").trim(), 200) || "upload"; // prettier-ignore

async function take(
  ctx: Ctx,
  stored: StoredFile,
  name: string,
  given: z.output<typeof fields>,
): Promise<Started | Uploaded> {
  const importer = await importerFor(ctx, given.object);
  const about = { id: stored.id, object: given.object, path: stored.path, file_name: name };
  const notes = (await tableOfCards(stored.path)) ?? [];
  const look = await lookAt(ctx, about);
  const found = await noteImport(ctx, { ...about, notes, bytes: stored.bytes, sha256: stored.sha256 });
  const mapping = given.mapping ?? (given.start ? look.mapping : undefined);
  if (!mapping)
    return {
      id: found.id,
      object: found.object,
      file_name: found.file_name,
      bytes: found.bytes,
      label: importer.label,
      ...look,
    };
  return begin(ctx, found, { format: look.format, mapping, options: { ...look.options, ...given.options } }).catch(
    async (error: unknown) => {
      await forgetImport(ctx, found.id);
      throw error;
    },
  );
}

interface Started {
  import_id: string;
  job_id: string;
}
type Uploaded = Look & Pick<Import, "id" | "object" | "file_name" | "bytes"> & { label: string };
