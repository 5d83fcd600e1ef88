import { registerFormat, separators, type Table } from "./format.ts";
import type { ExportColumn, Raw } from "./column.ts";
import { neutral } from "./neutral.ts";

const quoting = { comma: /[",\r\n]/, semicolon: /[";\r\n]/, tab: /["\t\r\n]/ } as const;
// Long enough for a write to be worth its system call.
const pieceChars = 64 * 1024;

/** How one column's cells are written: numbers as the dialect writes them, all else quoted where it must be and never a formula. */
function writerOf(column: ExportColumn, separator: keyof typeof separators): (row: Raw) => string {
  const needs = quoting[separator];
  const quoted = (text: string): string => (needs.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const { cell, kind } = column;
  if (kind === "number" || kind === "money") {
    if (separator === "semicolon") return (row) => cell(row)?.replace(".", ",") ?? "";
    return (row) => cell(row) ?? "";
  }
  if (kind !== "text") return (row) => cell(row) ?? "";
  return (row) => {
    const text = cell(row);
    return text === null ? "" : quoted(neutral(text));
  };
}

async function* write({ columns, rows, dialect }: Table): AsyncGenerator<Buffer> {
  const separator = separators[dialect.separator];
  const writers = columns.map((c) => writerOf(c, dialect.separator));
  const header: Raw = Object.fromEntries(columns.map((c, i) => [`h${i}`, c.label]));
  const titles = columns.map((c, i) => writerOf({ ...c, kind: "text", cell: (row) => row[`h${i}`] ?? null }, dialect.separator)(header)); // prettier-ignore
  let piece = `${dialect.bom ? "\ufeff" : ""}${titles.join(separator)}\r\n`;
  for await (const some of rows) {
    for (const row of some) {
      let line = writers[0]!(row);
      for (let i = 1; i < writers.length; i++) line += separator + writers[i]!(row);
      piece += `${line}\r\n`;
      if (piece.length < pieceChars) continue;
      yield Buffer.from(piece);
      piece = "";
    }
  }
  if (piece) yield Buffer.from(piece);
}

/** UTF-8, RFC 4180, with a byte order mark unless said otherwise: without it Excel takes it for another encoding. */
registerFormat({ name: "csv", ending: "csv", type: "text/csv; charset=utf-8", write });
