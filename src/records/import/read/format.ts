/*
 * Words we use
 *   table     an uploaded file of rows: delimited text, the same gzipped, or one sheet of an .xlsx book
 *   format    how such a file is written; kept with the import job as JSON, so that a resumed job reads the same
 *   row       numbered as a spreadsheet shows it: the first line is row 1
 */
import { z } from "zod";

/** Most columns a table may have. */
export const MAX_COLUMNS = 1_000;

const encodings = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1252",
  "windows-1250",
  "windows-1251",
  "iso-8859-15",
  "macintosh",
  "shift_jis",
  "gb18030",
] as const;

/** How a table is written; strict, because it may come back from a client. */
export const TableFormat = z.strictObject({
  container: z.enum(["plain", "gzip", "xlsx"]),
  encoding: z.enum(encodings),
  delimiter: z.enum([",", ";", "\t", "|", "spaces"]),
  quote: z.enum(['"', "'", ""]),
  /** Excel's own first line "sep=;", which is not a row of the table. */
  separatorLine: z.boolean(),
  header: z.boolean(),
  /** The row number of the header line, when there is one; rows before it are blank. */
  headerRow: z.int().min(1).nullable(),
  columns: z.array(z.string().max(200)).min(1).max(MAX_COLUMNS),
  /** Name of the sheet, for xlsx. */
  sheet: z.string().max(200).nullable(),
});
export type TableFormat = z.infer<typeof TableFormat>;

export type Encoding = TableFormat["encoding"];
export type Delimiter = TableFormat["delimiter"];

/** One row as it stands in the file, before anyone judged it. */
export type RawRow = { row: number; cells: string[] };

export type Limits = {
  /** Decompressed bytes of the whole table. */
  bytes: number;
  /** Characters of an xlsx book's shared strings, which stay in memory. */
  sharedStrings: number;
  /** Decompressed over compressed bytes; honest tables stay below 100, deflate can reach 1,032. */
  ratio: number;
  /** Decompressed bytes below which the ratio is not judged. */
  ratioFrom: number;
};

export const usualLimits: Limits = {
  bytes: 20_000_000_000,
  sharedStrings: 200_000_000,
  ratio: 300,
  ratioFrom: 64_000_000,
};
