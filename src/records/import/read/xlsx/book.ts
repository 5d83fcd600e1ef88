import { openPromise, type Entry, type ZipFile } from "yauzl";
import { guardSize } from "../bytes.ts";
import type { Limits } from "../format.ts";
import { TableRefused } from "../refused.ts";

/** An opened .xlsx file: its parts by name, read as streams. */
export type Book = {
  has: (part: string) => boolean;
  /** The decompressed bytes of a part; refuses "corrupt", and "too-big" for a bomb. */
  read: (part: string, onProgress?: (share: number) => void) => AsyncGenerator<Buffer>;
  close: () => void;
};

// A book has a few dozen parts; thousands are a zip of something else, or an attack.
const MAX_PARTS = 10_000;

/** Opens a workbook. Refuses zips that are damaged, cut off, encrypted or hold something else. */
export const openBook = async (path: string, limits: Limits): Promise<Book> => {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    throw damaged(error);
  });
  try {
    const parts = await listParts(zip);
    refuseOthers(parts);
    return {
      has: (part) => parts.has(part.toLowerCase()),
      read: (part, onProgress) => readPart(zip, parts.get(part.toLowerCase()), limits, onProgress),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
};

const listParts = async (zip: ZipFile): Promise<Map<string, Entry>> => {
  if (zip.entryCount > MAX_PARTS)
    throw new TableRefused("not-a-table", "This is an archive of many files, not a workbook. Unpack it first.");
  const parts = new Map<string, Entry>();
  await new Promise<void>((resolve, reject) => {
    zip.on("entry", (entry: Entry) => {
      parts.set(entry.fileName.replace(/^\//, "").toLowerCase(), entry);
      zip.readEntry();
    });
    zip.on("end", () => resolve());
    zip.on("error", (error: unknown) => reject(damaged(error)));
    zip.readEntry();
  });
  return parts;
};

const refuseOthers = (parts: ReadonlyMap<string, Entry>): void => {
  if ([...parts.values()].some((part) => part.isEncrypted()))
    throw new TableRefused("encrypted", "The file is protected by a password. Save it without one and try again.");
  if (parts.has("xl/workbook.xml")) return;
  if (parts.has("xl/workbook.bin"))
    throw new TableRefused(
      "old-excel",
      "This is a binary Excel workbook (.xlsb). Save it as .xlsx or .csv and try again.",
    );
  if (parts.has("word/document.xml"))
    throw new TableRefused("not-a-table", "This is a Word document, not a table. Save the table as .xlsx or .csv.");
  if (parts.has("content.xml"))
    throw new TableRefused("not-a-table", "This is an OpenDocument file. Save it as .xlsx or .csv and try again.");
  throw new TableRefused(
    "not-a-table",
    "This is a zip archive, not a workbook. Unpack it and import the table inside.",
  );
};

const readPart = async function* (
  zip: ZipFile,
  entry: Entry | undefined,
  limits: Limits,
  onProgress?: (share: number) => void,
): AsyncGenerator<Buffer> {
  if (!entry)
    throw new TableRefused(
      "corrupt",
      "A part of the workbook is missing. Open it in a spreadsheet, save it again and retry.",
    );
  const guard = guardSize(limits);
  guard(0, entry.compressedSize);
  let read = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    try {
      for await (const chunk of stream) {
        const bytes = chunk as Buffer;
        read += bytes.length;
        guard(bytes.length, entry.compressedSize);
        onProgress?.(entry.uncompressedSize === 0 ? 1 : Math.min(1, read / entry.uncompressedSize));
        yield bytes;
      }
    } finally {
      stream.destroy();
    }
  } catch (error) {
    throw isZipError(error) ? damaged(error) : error;
  }
};

/** zlib's errors have a code Z_…, yauzl's are plain Errors without one; those of the disk keep theirs. */
const isZipError = (error: unknown): boolean =>
  error instanceof Error && error.constructor === Error && (!("code" in error) || String(error.code).startsWith("Z_"));

const damaged = (error: unknown): unknown => {
  if (!isZipError(error)) return error;
  return new TableRefused(
    "corrupt",
    "The workbook is damaged or was cut off while uploading. Open it in a spreadsheet, save it again and retry.",
  );
};
