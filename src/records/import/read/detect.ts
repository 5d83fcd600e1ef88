import { readContainer, readHead, SAMPLE_BYTES } from "./bytes.ts";
import { refuseUnlessText } from "./container.ts";
import { dialectOf } from "./dialect.ts";
import { decoder, encodingOf } from "./encoding.ts";
import { type Limits, type RawRow, type TableFormat, usualLimits } from "./format.ts";
import { type ColumnGuess, guessColumn } from "./guess.ts";
import { columnNames, hasHeader } from "./header.ts";
import { TableRefused } from "./refused.ts";
import { isBlank, shape, type TableRow } from "./shape.ts";
import { splitter } from "./split.ts";
import { readSheet, sheetNames } from "./xlsx/sheet.ts";

export type TableSample = {
  format: TableFormat;
  columns: ColumnGuess[];
  /** The first rows, at most 200, each with its problem if it has one. */
  rows: TableRow[];
  /** Names of the sheets of an xlsx book; empty for text. */
  sheets: string[];
  /** How many rows the guesses rest on. */
  looked: number;
  /** Whether the guesses rest on the whole table. */
  complete: boolean;
};

const SHOWN_ROWS = 200;
// Guesses stop getting better long before this many rows, and stay under a second.
const GUESS_ROWS = 5_000;

type Looked = {
  known: Pick<TableFormat, "encoding" | "delimiter" | "quote" | "separatorLine" | "sheet">;
  rows: RawRow[];
  sheets: string[];
  complete: boolean;
};

/**
 * Looks at the first megabyte of a file and says how its table is written and what its columns seem to hold.
 * What `chosen` says is not guessed. Refuses (TableRefused) what is not a table.
 */
export const detectTable = async (
  path: string,
  chosen: Partial<TableFormat> = {},
  limits: Partial<Limits> = {},
): Promise<TableSample> => {
  const container = await readContainer(path);
  const bounds = { ...usualLimits, ...limits };
  const { known, rows, sheets, complete } =
    container === "xlsx" ? await lookAtBook(path, chosen, bounds) : await lookAtText(path, container, chosen, bounds);

  const written = rows.filter(({ cells }) => !isBlank(cells)).slice(0, GUESS_ROWS + 1);
  const first = written[0];
  if (!first)
    throw rows.length === 0 && !complete ? neverEnds(1) : new TableRefused("empty", "There is nothing in the table.");
  const header = chosen.header ?? hasHeader(written);
  const body = header ? written.slice(1) : written;
  if (body.length === 0) throw complete || rows.length > 1 ? noRows(first) : neverEnds(first.row + 1);

  const columns = columnNames(header ? first.cells : undefined, widthOf(header ? first : undefined, body), first.row);
  const format: TableFormat = {
    ...known,
    container,
    header,
    headerRow: header ? first.row : null,
    columns,
  };
  const shaped = body.map((row) => shape(row, columns, container === "xlsx"));
  const sound = shaped.filter(({ problem }) => problem === undefined);
  return {
    format,
    columns: columns.map((name, at) =>
      guessColumn(
        name,
        sound.map(({ cells }) => cells[at] ?? ""),
      ),
    ),
    rows: shaped.slice(0, SHOWN_ROWS),
    sheets,
    looked: sound.length,
    complete: complete && body.length < GUESS_ROWS,
  };
};

const noRows = ({ row }: RawRow): TableRefused =>
  new TableRefused("no-rows", `Row ${row} names the columns, but no row follows it.`, { row });

const neverEnds = (row: number): TableRefused =>
  new TableRefused("row-too-long", `Row ${row} does not end within the first megabyte of the file.`, { row });

/** The header says how wide a table is; without one, the width most rows share. */
const widthOf = (header: RawRow | undefined, body: readonly RawRow[]): number => {
  if (header) return header.cells.length;
  const counts = new Map<number, number>();
  for (const { cells } of body) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
};

const lookAtText = async (
  path: string,
  container: "plain" | "gzip",
  chosen: Partial<TableFormat>,
  limits: Limits,
): Promise<Looked> => {
  const { head, complete } = await readHead(path, container, limits);
  if (head.length === 0) throw new TableRefused("empty", "The file is empty.");
  refuseUnlessText(head);
  const encoding = chosen.encoding ?? encodingOf(head);
  const { text, broken } = decoder(encoding)(head, complete);
  if (broken)
    throw new TableRefused(
      "encoding",
      `The text is not ${encoding.toUpperCase()}. Choose another encoding, such as windows-1252 (Latin-1).`,
      {
        row: text.split("\n").length,
      },
    );
  const dialect = dialectOf(text, chosen);
  const rows = splitter(dialect).push(text, complete);
  const known = { ...dialect, encoding, sheet: null };
  return { known, rows: dialect.separatorLine ? rows.slice(1) : rows, sheets: [], complete };
};

const lookAtBook = async (path: string, chosen: Partial<TableFormat>, limits: Limits): Promise<Looked> => {
  const sheets = await sheetNames(path, limits);
  const sheet = chosen.sheet ?? sheets[0] ?? null;
  const rows: RawRow[] = [];
  let characters = 0;
  let complete = true;
  for await (const some of readSheet(path, sheet, { limits })) {
    for (const row of some) {
      if (isBlank(row.cells)) continue;
      characters += row.cells.reduce((sum, cell) => sum + cell.length, 0);
      rows.push(row);
    }
    if (characters < SAMPLE_BYTES && rows.length <= GUESS_ROWS) continue;
    complete = false;
    break;
  }
  const known = {
    encoding: "utf-8",
    delimiter: ",",
    quote: '"',
    separatorLine: false,
    sheet,
  } as const;
  return { known, rows, sheets, complete };
};
