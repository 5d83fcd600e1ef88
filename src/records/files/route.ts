import { open } from "node:fs/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { invalid, notFound, Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import {
  refuseUnlessFits,
  removeUpload,
  shownInline,
  sniff,
  storeUpload,
  tooLarge,
  type StoredFile,
} from "#platform/files";
import { grantBy, isGranted, recordRef, requireMay, seenRecord } from "../beside.ts";
import { describedFor, typeNamed } from "../custom/described.ts";
import { cleanText, cut } from "../values.ts";
import { addFile } from "./add.ts";
import { fileNamed, keyOf, toldOf } from "./file.ts";
import { mustSee } from "./see.ts";

export interface FileRouteOptions {
  identify: (request: FastifyRequest) => Promise<Ctx | null>;
  may: (ctx: Ctx, permission: string) => boolean;
  dataDir: string;
  config: { maxFileBytes: number };
}

/** POST /files: a multipart upload of one `file` with `object` and `record_id`, in this order (without `record_id` for a field of a record that is not saved yet); GET /files/{id}/content: its bytes. */
export function fileRoutes(app: FastifyInstance, options: FileRouteOptions): void {
  grantBy(options.may);
  const signedIn = async (request: FastifyRequest): Promise<Ctx> => {
    const ctx = await options.identify(request);
    if (!ctx) throw new Refused("unauthenticated", "signed-out", "Please sign in, or send an API key.");
    return ctx;
  };
  app.post("/api/v1/files", async (request, reply) => {
    const ctx = await signedIn(request);
    if (!request.isMultipart())
      throw new Refused("invalid", "upload.not-multipart", "Send the file as multipart/form-data, in a part named file.");
    const announced = Number(request.headers["content-length"]);
    await refuseUnlessFits(options.dataDir, Number.isFinite(announced) ? announced : null, options.config.maxFileBytes);
    const { stored, name, ref } = await receive(ctx, request, options);
    try {
      const { id } = await addFile(ctx, stored, { ...ref, name, type: sniff(await headOf(stored.path), name) });
      return await reply.code(201).send(toldOf((await fileNamed(ctx, id))!));
    } catch (error) {
      await removeUpload(stored);
      throw error;
    }
  });
  app.get<{ Params: { id: string }; Querystring: { inline?: string } }>("/api/v1/files/:id/content", async (request, reply) => {
    const ctx = await signedIn(request);
    const id = z.uuid().safeParse(request.params.id);
    const file = id.success ? await fileNamed(ctx, id.data) : null;
    if (!file || file.deleted_at) throw notFound("file");
    await mustSee(ctx, file);
    return answer(reply, file, await ctx.outside.files.open(keyOf(ctx, file.id)), request.query.inline === "1");
  });
} // prettier-ignore

/** Refuses a file for a record that is not saved yet, unless the caller may save one with a field that holds it. */
async function mayBring(ctx: Ctx, name: string): Promise<void> {
  if (ctx.actor.kind !== "user") throw invalid("record_id", "Say which record it is for: save the record first.");
  const type = await typeNamed(ctx, name);
  if (!type) throw invalid("object", "There is no such object.");
  const { plural } = type.object;
  if (!isGranted(ctx, `${plural}.create`)) await requireMay(ctx, name, "update");
  if (!(await describedFor(ctx, type.object)).fields.some((f) => f.type === "file"))
    throw invalid("record_id", "Say which record it is for.");
}

/** Whatever is in the bytes: no script of theirs runs here. Only pictures and PDF are shown in place, and no sniffing makes more of them. */
function answer(
  reply: FastifyReply,
  file: { name: string; type: string; bytes: number },
  bytes: NodeJS.ReadableStream,
  inline: boolean,
): FastifyReply {
  const shown = inline && shownInline(file.type);
  const isPdf = file.type === "application/pdf";
  return reply
    .header("content-type", shown ? file.type : "application/octet-stream")
    .header("content-length", file.bytes)
    .header("x-content-type-options", "nosniff")
    .header("cache-control", "private, max-age=86400, immutable")
    .header("content-disposition", `${shown ? "inline" : "attachment"}; filename*=UTF-8''${encoded(file.name)}`)
    // The browser's own PDF viewer does not start in a sandbox; it has one of its own.
    .header("content-security-policy", `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'${isPdf && shown ? "" : "; sandbox"}`)
    .send(bytes); // prettier-ignore
}

// RFC 5987 allows fewer characters than encodeURIComponent leaves alone.
const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

interface Received {
  stored: StoredFile;
  name: string;
  ref: { object: string; record_id?: string | undefined };
}

/** Takes the parts; which record it is for is known and asked about before a byte of the file is. */
async function receive(ctx: Ctx, request: FastifyRequest, options: FileRouteOptions): Promise<Received> {
  const limit = options.config.maxFileBytes;
  const values: Record<string, unknown> = {};
  let received: Received | null = null;
  try {
    for await (const part of request.parts({ limits: { fileSize: limit + 1, files: 1 } })) {
      if (part.type === "field") values[part.fieldname] = part.value;
      else {
        const { object, record_id } = z.object(recordRef).partial({ record_id: true }).parse(values);
        const ref = { object, record_id };
        if (record_id === undefined) await mayBring(ctx, object);
        else {
          await requireMay(ctx, object, "update");
          await seenRecord(ctx, { object, record_id });
        }
        const name = cleanName(part.filename);
        received = { stored: await storeUpload(options.dataDir, part.file, limit), name, ref };
      }
    }
  } catch (error) {
    if (received) await removeUpload(received.stored);
    throw (error as { statusCode?: unknown }).statusCode === 413 ? tooLarge(limit) : error;
  }
  if (!received) throw new Refused("invalid", "upload.no-file", "There is no part named file with the file in it.");
  return received;
}

// The name is shown and offered for download; it never becomes a path. Direction marks could hide its ending.
const cleanName = (name: string | undefined): string =>
  cut(cleanText((name ?? "").replace(/^.*[\\/]/, "")).replaceAll(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, "").replaceAll(/[\s"]+/g, " ").trim(), 200) || "file"; // prettier-ignore

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2048), 0, 2048, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
