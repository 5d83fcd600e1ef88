import type { ByteOptions } from "../bytes.ts";
import { type Limits, MAX_COLUMNS, type RawRow } from "../format.ts";
import { TableRefused } from "../refused.ts";
import { MAX_CELL, MAX_RECORD } from "../splitter.ts";
import { openBook } from "./book.ts";
import { type CellContext, cellText, columnOf } from "./cells.ts";
import { readSharedStrings } from "./strings.ts";
import { readStyles } from "./styles.ts";
import { readWorkbook } from "./workbook.ts";
import { readXml, type XmlListener } from "./xml.ts";

/** Names of a book's sheets, in order. Refuses damaged and foreign files. */
export const sheetNames = async (path: string, limits: Limits): Promise<string[]> => {
  const book = await openBook(path, limits);
  try {
    return (await readWorkbook(book)).sheets.map(({ name }) => name);
  } finally {
    book.close();
  }
};

/** Streams the rows of one sheet, the first if `name` is null. Refuses "no-sheet", "corrupt", "too-big", "too-many-columns". */
export const readSheet = async function* (
  path: string,
  name: string | null,
  options: ByteOptions,
): AsyncGenerator<RawRow[]> {
  const book = await openBook(path, options.limits);
  try {
    const workbook = await readWorkbook(book);
    const sheet = name === null ? workbook.sheets[0] : workbook.sheets.find((one) => one.name === name);
    if (!sheet) throw new TableRefused("no-sheet", `The workbook has no sheet named "${name}".`);
    const context = {
      strings: await readSharedStrings(book, workbook.sharedStrings, options.limits),
      looks: await readStyles(book, workbook.styles),
      since1904: workbook.since1904,
    };
    const collector = collectRows(context);
    for await (const _ of readXml(book.read(sheet.part, options.onProgress), collector.listener)) {
      options.signal?.throwIfAborted();
      const rows = collector.take();
      if (rows.length > 0) yield rows;
    }
  } finally {
    book.close();
  }
};

type Cell = { column: number; type: string | undefined; style: string | undefined; stored: string };

const collectRows = (context: CellContext): { listener: XmlListener; take: () => RawRow[] } => {
  let rows: RawRow[] = [];
  let row = 0;
  let cells: string[] = [];
  let length = 0;
  let cell: Cell | undefined;
  let listens = false;
  let phonetic = false;

  const openRow = (reference: string | undefined): void => {
    const numbered = Number(reference ?? row + 1);
    if (!Number.isSafeInteger(numbered) || numbered <= row)
      throw new TableRefused(
        "corrupt",
        `After row ${row} the workbook's rows are out of order. Save it again in a spreadsheet and retry.`,
        { row },
      );
    row = numbered;
    cells = [];
    length = 0;
  };

  const closeCell = ({ column, type, style, stored }: Cell): void => {
    const text = cellText(type, style, stored, context);
    // Styled but empty cells reach far to the right in many books; they are not columns.
    if (text === "") return;
    if (column >= MAX_COLUMNS)
      throw new TableRefused("too-many-columns", `Row ${row} has more than ${MAX_COLUMNS} columns.`, { row });
    while (cells.length < column) cells.push("");
    cells[column] = text;
    length += text.length;
    if (length > MAX_RECORD) throw new TableRefused("row-too-long", `Row ${row} is longer than 4 MB.`, { row });
  };

  let column = -1;
  const listener: XmlListener = {
    open: (name, attributes) => {
      if (name === "row") {
        openRow(attributes["r"]);
        column = -1;
      } else if (name === "c") {
        column = columnOf(attributes["r"]) ?? column + 1;
        cell = { column, type: attributes["t"], style: attributes["s"], stored: "" };
      } else if (name === "rPh") phonetic = true;
      listens = cell !== undefined && !phonetic && (name === "v" || name === "t");
    },
    text: (text) => {
      if (!listens || !cell) return;
      cell.stored += text;
      if (cell.stored.length > MAX_CELL)
        throw new TableRefused(
          "cell-too-long",
          `Row ${row}, column ${cell.column + 1}: the cell is longer than 1 MB.`,
          { row },
        );
    },
    close: (name) => {
      listens = false;
      if (name === "rPh") phonetic = false;
      if (name === "c" && cell) {
        closeCell(cell);
        cell = undefined;
      }
      if (name === "row") rows.push({ row, cells });
    },
  };

  return {
    listener,
    take: () => {
      const taken = rows;
      rows = [];
      return taken;
    },
  };
};
