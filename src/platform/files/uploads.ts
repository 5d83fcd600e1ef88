import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Transform, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { newId } from "#kernel/id";
import { Refused } from "#kernel/refusal";

export interface StoredFile {
  id: string;
  path: string;
  bytes: number;
  sha256: string;
}

// Left free for the database, which lies on the same disk.
const reserveBytes = 256 * 1024 * 1024;

const folderIn = (dataDir: string): string => join(dataDir, "uploads");

/** "4.0 GB" */
export const sizeWords = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${bytes} bytes`;

export const tooLarge = (limit: number): Refused =>
  new Refused(
    "too-large",
    "file.too-large",
    `The file is larger than ${sizeWords(limit)}, the most this server takes. Split it, or compress it with gzip.`,
    { detail: { limit_bytes: limit } },
  );

const diskFull = (): Refused =>
  new Refused("unavailable", "disk.full", "The server's disk is full; nothing was saved.");

/** Refuses what cannot fit before a byte of it is taken. `announced` is the Content-Length, when there is one. */
export async function refuseUnlessFits(dataDir: string, announced: number | null, limit: number): Promise<void> {
  // The parts around the file are a few hundred bytes.
  if (announced !== null && announced > limit + 1_000_000) throw tooLarge(limit);
  await mkdir(folderIn(dataDir), { recursive: true });
  const disk = await statfs(folderIn(dataDir));
  if (disk.bavail * disk.bsize < (announced ?? 0) + reserveBytes) throw diskFull();
}

/** Streams an upload to <dataDir>/uploads/<id>: whole and on the disk, or not there at all. */
export async function storeUpload(
  dataDir: string,
  source: Readable & { truncated?: boolean },
  limit: number,
): Promise<StoredFile> {
  const id = newId();
  const path = join(folderIn(dataDir), id);
  const part = `${path}.part`;
  const hash = createHash("sha256");
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > limit ? tooLarge(limit) : null, chunk);
    },
  });
  try {
    await mkdir(folderIn(dataDir), { recursive: true });
    await pipeline(source, meter, createWriteStream(part, { flags: "wx", mode: 0o600 }));
    if (source.truncated) throw tooLarge(limit);
    await settle(part, path);
  } catch (error) {
    await rm(part, { force: true });
    if ((error as { code?: unknown }).code === "ENOSPC") throw diskFull();
    throw error;
  }
  return { id, path, bytes, sha256: hash.digest("hex") };
}

/** The name appears when the bytes are on the disk. */
async function settle(part: string, path: string): Promise<void> {
  const file = await open(part, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
}

/** Removes an upload; a file that lies elsewhere (the example that ships with Rondo) is left alone. */
export async function removeUpload(upload: { id: string; path: string }): Promise<void> {
  if (basename(upload.path) === upload.id && basename(dirname(upload.path)) === "uploads")
    await rm(upload.path, { force: true });
}

/** Size and SHA-256 of a file that is already there. */
export async function measure(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return { bytes: (await stat(path)).size, sha256: hash.digest("hex") };
}

// No upload takes a day; a part that old was left by a process that died.
const staleMs = 24 * 3_600_000;

/** Removes parts of uploads whose process died. */
export async function sweepUploads(dataDir: string, now: Date): Promise<void> {
  const names = await readdir(folderIn(dataDir)).catch(() => []);
  for (const name of names.filter((n) => n.endsWith(".part"))) {
    const path = join(folderIn(dataDir), name);
    const about = await stat(path).catch(() => null);
    if (about && now.getTime() - about.mtimeMs > staleMs) await rm(path, { force: true });
  }
}
