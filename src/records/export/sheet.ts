import type { CellKind, ExportColumn, Raw } from "./column.ts";

/*
 * One sheet of a workbook as XML, row by row (ECMA-376 part 1, 18.3). Texts stand in the row itself (inline strings): a table of shared
 * ones would have to be known, and kept, before the first row is written.
 */
/** Rows one sheet holds, its header included. */
export const rowsAtMost = 1_048_576;
// A cell holds no more, and Excel calls a file with a longer one broken.
const charsAtMost = 32_767;

/** Places in the style sheet of the book. */
export const styles = { header: 1, date: 2, datetime: 3, money: 4 } as const;
const styleOf: Partial<Record<CellKind, string>> = { date: ` s="${styles.date}"`, datetime: ` s="${styles.datetime}"`, money: ` s="${styles.money}"` }; // prettier-ignore

const special = /[&<>\r]|_x[0-9a-fA-F]{4}_/;
const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;" };
/** Text as XML; "_x0041_" would be read as a letter. */
export const xml = (text: string): string =>
  special.test(text) ? text.replace(/_(x[0-9a-fA-F]{4}_)/g, "_x005F_$1").replace(/[&<>\r]/g, (c) => names[c]!) : text;

const cutNote = "… (cut: a cell holds 32,767 characters)";
const fitting = (text: string): string =>
  text.length <= charsAtMost ? text : text.slice(0, charsAtMost - cutNote.length).toWellFormed() + cutNote;

/** "A", "Z", "AA" for 0, 25, 26. */
export const letterOf = (at: number): string =>
  (at >= 26 ? letterOf(Math.floor(at / 26) - 1) : "") + String.fromCharCode(65 + (at % 26));

const day = 86_400_000; // ms
const epoch = Date.UTC(1899, 11, 30);
// Before, Excel counts a day that never was.
const firstSerial = 61;

/** Days since 1899-12-31 as Excel counts them, for "2026-11-22" or "2026-11-22 10:00:00"; null where it knows no such day. */
export function serialOf(text: string): number | null {
  const ms = Date.parse(text.length > 10 ? `${text.slice(0, 10)}T${text.slice(11)}Z` : `${text}T00:00:00Z`);
  const serial = (ms - epoch) / day;
  return serial >= firstSerial && text.length <= 19 ? serial : null;
}

const textCell = (at: string, text: string, style = ""): string =>
  `<c r="${at}" t="inlineStr"${style}><is><t xml:space="preserve">${xml(fitting(text))}</t></is></c>`;

// A spreadsheet keeps 15 digits of a number; one with more is written as text, so that none is lost.
const exact = /^-?\d{1,15}$|^-?(?=.{1,16}$)\d+\.\d+$/;

/** How one column's cells are written, at "B17" for row 17. */
function writerOf(column: ExportColumn, at: number): (row: Raw, n: number) => string {
  const { kind, cell } = column;
  const letter = letterOf(at);
  const style = styleOf[kind] ?? "";
  return (row, n) => {
    const value = cell(row);
    if (value === null || value === "") return "";
    if (kind === "text") return textCell(`${letter}${n}`, value);
    if (kind === "boolean") return `<c r="${letter}${n}" t="b"><v>${value === "true" ? 1 : 0}</v></c>`;
    if (kind === "date" || kind === "datetime") {
      const serial = serialOf(value);
      return serial === null ? textCell(`${letter}${n}`, value) : `<c r="${letter}${n}"${style}><v>${serial}</v></c>`;
    }
    return exact.test(value) ? `<c r="${letter}${n}"${style}><v>${value}</v></c>` : textCell(`${letter}${n}`, value);
  };
}

const widths: Record<CellKind, number> = { text: 24, number: 12, money: 14, date: 12, datetime: 18, boolean: 10 };

/** Head of a sheet: the header row stays in sight. */
export function sheetHead(columns: readonly ExportColumn[]): string {
  const cols = columns.map((c, i) => `<col min="${i + 1}" max="${i + 1}" width="${widths[c.kind]}" customWidth="1"/>`).join(""); // prettier-ignore
  const titles = columns.map((c, i) => textCell(`${letterOf(i)}1`, c.label, ` s="${styles.header}"`)).join("");
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
    `<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `<cols>${cols}</cols><sheetData><row r="1">${titles}</row>`
  );
}
export const sheetFoot = "</sheetData></worksheet>";

/** Writes rows as XML; `n` is the row's number in its sheet. */
export function rowWriter(columns: readonly ExportColumn[]): (row: Raw, n: number) => string {
  const writers = columns.map(writerOf);
  return (row, n) => {
    let cells = "";
    for (const cell of writers) cells += cell(row, n);
    return `<row r="${n}">${cells}</row>`;
  };
}
