import { open, stat } from "node:fs/promises";
import type { TableFormat } from "./read/index.ts";

/** Bytes of the file's text: as it lies, or as its gzip trailer says (RFC 1952, modulo 2^32). Null when it cannot be known without reading it all. */
export async function textBytes(path: string, format: Pick<TableFormat, "container">): Promise<number | null> {
  const { size } = await stat(path);
  if (format.container === "plain") return size;
  if (format.container !== "gzip") return null;
  const file = await open(path);
  try {
    const trailer = Buffer.alloc(4);
    await file.read(trailer, 0, 4, Math.max(0, size - 4));
    const bytes = trailer.readUInt32LE();
    // A text larger than 4 GiB wraps around; one that is smaller than its compressed form did.
    return bytes > size ? bytes : null;
  } finally {
    await file.close();
  }
}

/** Rows of the whole file, from the length of those looked at: their cells and one delimiter or line end each. */
export function rowsOf(bytes: number, looked: { rows: number; bytes: number }): number {
  return looked.bytes === 0 ? looked.rows : Math.max(looked.rows, Math.round((bytes / looked.bytes) * looked.rows));
}
