import { readBytes } from "./bytes.ts";
import { decoder } from "./encoding.ts";
import { type Limits, type RawRow, type TableFormat, usualLimits } from "./format.ts";
import { TableRefused } from "./refused.ts";
import { isBlank, shape, type TableRow } from "./shape.ts";
import { splitter } from "./split.ts";
import { readSheet } from "./xlsx/sheet.ts";

export type ReadOptions = {
  /** Rows before this one are passed over, as when a job resumes. */
  fromRow?: number;
  signal?: AbortSignal;
  limits?: Partial<Limits>;
  /** Called with the share of the file read so far, 0 to 1. */
  onProgress?: (share: number) => void;
};

/** Rows handed over at once: enough for one multi-row write. */
const BATCH = 1_000;

/** Streams a table's rows in batches of up to 1,000, in constant memory. Refuses (TableRefused) what ends the reading. */
export const readRows = async function* (
  path: string,
  format: TableFormat,
  options: ReadOptions = {},
): AsyncGenerator<TableRow[]> {
  const from = Math.max(options.fromRow ?? 1, format.headerRow === null ? 1 : format.headerRow + 1);
  const pads = format.container === "xlsx";
  let batch: TableRow[] = [];
  for await (const rows of readRaw(path, format, options)) {
    for (const raw of rows) {
      if (raw.row < from || isBlank(raw.cells)) continue;
      batch.push(shape(raw, format.columns, pads));
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
};

const readRaw = (path: string, format: TableFormat, options: ReadOptions): AsyncGenerator<RawRow[]> => {
  const bounded = { ...options, limits: { ...usualLimits, ...options.limits } };
  return format.container === "xlsx" ? readSheet(path, format.sheet, bounded) : readText(path, format, bounded);
};

const readText = async function* (
  path: string,
  format: TableFormat,
  options: ReadOptions & { limits: Limits },
): AsyncGenerator<RawRow[]> {
  const decode = decoder(format.encoding);
  const split = splitter(format);
  const skip = format.separatorLine ? 1 : 0;
  const take = (bytes: Buffer, last: boolean): RawRow[] => {
    const { text, broken } = decode(bytes, last);
    const rows = split.push(text, last && !broken);
    if (broken) throw wrongEncoding(format, split.place());
    return rows[0]?.row === 1 && skip === 1 ? rows.slice(1) : rows;
  };
  for await (const bytes of readBytes(path, format.container, options)) yield take(bytes, false);
  yield take(Buffer.alloc(0), true);
};

const wrongEncoding = (format: TableFormat, place: { row: number; column: number }): TableRefused => {
  const column = format.columns[place.column - 1];
  return new TableRefused(
    "encoding",
    `Row ${place.row}, column ${column ?? place.column}: the text is not ${format.encoding.toUpperCase()}. Choose another encoding, such as windows-1252 (Latin-1).`,
    { row: place.row, column },
  );
};
