import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { type Container, containerOf } from "./container.ts";
import type { Limits } from "./format.ts";
import { TableRefused } from "./refused.ts";

const CHUNK = 256 * 1024;
/** How much of a file is looked at to understand it, in decompressed bytes. */
export const SAMPLE_BYTES = 1_000_000;

export type ByteOptions = {
  limits: Limits;
  signal?: AbortSignal | undefined;
  /** Called with the share of the file read so far, 0 to 1. */
  onProgress?: ((share: number) => void) | undefined;
};

/** The container of a file, from its first megabyte. Refuses "empty", "old-excel", "encrypted". */
export const readContainer = async (path: string): Promise<Container> => {
  const file = await open(path);
  try {
    const head = Buffer.alloc(SAMPLE_BYTES);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    if (bytesRead === 0) throw new TableRefused("empty", "The file is empty.");
    return containerOf(head.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
};

/** The decompressed bytes of a plain or gzipped file, in constant memory. Refuses "corrupt" and "too-big". */
export const readBytes = async function* (
  path: string,
  container: Container,
  options: ByteOptions,
): AsyncGenerator<Buffer> {
  const { size } = await stat(path);
  const file = createReadStream(path, { highWaterMark: CHUNK });
  const gunzip = container === "gzip" ? createGunzip({ chunkSize: CHUNK }) : undefined;
  if (gunzip) file.on("error", (error) => gunzip.destroy(error)).pipe(gunzip);
  const guard = guardSize(options.limits);
  try {
    for await (const chunk of gunzip ?? file) {
      options.signal?.throwIfAborted();
      const bytes = chunk as Buffer;
      guard(bytes.length, file.bytesRead);
      options.onProgress?.(size === 0 ? 1 : file.bytesRead / size);
      yield bytes;
    }
  } catch (error) {
    throw gunzip && isZlibError(error) ? corruptGzip(error) : error;
  } finally {
    gunzip?.destroy();
    file.destroy();
  }
};

/** Counts decompressed bytes; throws TableRefused "too-big" past the limits, which is how a decompression bomb ends. */
export const guardSize = (limits: Limits): ((bytes: number, compressed: number) => void) => {
  let total = 0;
  return (bytes, compressed) => {
    total += bytes;
    if (total > limits.bytes)
      throw new TableRefused(
        "too-big",
        `The table is larger than ${limits.bytes.toLocaleString("en")} bytes. Split it and import the parts.`,
      );
    if (total > limits.ratioFrom && total > compressed * limits.ratio)
      throw new TableRefused(
        "too-big",
        `The file unpacks to more than ${limits.ratio} times its size, which no honest table does.`,
      );
  };
};

/** The first decompressed megabyte, and whether that is all there is. */
export const readHead = async (
  path: string,
  container: Container,
  limits: Limits,
): Promise<{ head: Buffer; complete: boolean }> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of readBytes(path, container, { limits })) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > SAMPLE_BYTES) break;
  }
  const head = Buffer.concat(chunks);
  return { head: head.subarray(0, SAMPLE_BYTES), complete: head.length <= SAMPLE_BYTES };
};

const isZlibError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("Z_");

const corruptGzip = (error: NodeJS.ErrnoException): TableRefused =>
  error.code === "Z_BUF_ERROR"
    ? new TableRefused(
        "corrupt",
        "The compressed file ends too early; the upload may have been cut off. Upload it again.",
      )
    : new TableRefused("corrupt", "The compressed file is damaged and cannot be unpacked. Upload it again.");
