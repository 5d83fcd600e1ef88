import type { TableFormat } from "./format.ts";
import { TableRefused } from "./refused.ts";

export type Container = TableFormat["container"];

const starts = (head: Buffer, magic: string): boolean =>
  head.subarray(0, magic.length).equals(Buffer.from(magic, "latin1"));

const OLE = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

const strangers: readonly (readonly [magic: string, name: string])[] = [
  ["\x89PNG", "a PNG picture"],
  ["\xff\xd8\xff", "a JPEG picture"],
  ["GIF8", "a GIF picture"],
  ["%PDF", "a PDF document"],
  ["Rar!", "a RAR archive"],
  ["7z\xbc\xaf", "a 7-Zip archive"],
  ["BZh", "a bzip2 archive"],
  ["\xfd7zXZ", "an xz archive"],
  ["\x28\xb5\x2f\xfd", "a Zstandard archive"],
  ["PAR1", "a Parquet file"],
  ["SQLite format 3", "an SQLite database"],
  ["\x7fELF", "a program"],
  ["{\\rtf", "a rich text document"],
];

/** Which container the first bytes announce. Refuses "old-excel" and "encrypted". */
export const containerOf = (head: Buffer): Container => {
  if (starts(head, "\x1f\x8b")) return "gzip";
  if (starts(head, "PK\x03\x04") || starts(head, "PK\x05\x06")) return "xlsx";
  if (!starts(head, OLE)) return "plain";
  // A book with a password is an OLE file around the encrypted package; its directory names it in UTF-16.
  if (head.includes(Buffer.from("EncryptedPackage", "utf16le")))
    throw new TableRefused("encrypted", "The workbook is protected by a password. Save it without one and try again.");
  throw new TableRefused("old-excel", "This is an old Excel workbook (.xls). Save it as .xlsx or .csv and try again.");
};

const byteOrderMarks = ["\xff\xfe", "\xfe\xff"];
// Tab, line feed, vertical tab, form feed, carriage return, and the end-of-file mark old DOS programs write.
const textControls = new Set([9, 10, 11, 12, 13, 26]);
// One stray control byte in a thousand happens in honest exports; a binary has far more.
const MAX_CONTROL_SHARE = 0.001;

/** Refuses decompressed first bytes that are not text: "binary", or "not-a-table" for JSON, XML and HTML. */
export const refuseUnlessText = (head: Buffer): void => {
  const stranger = strangers.find(([magic]) => starts(head, magic));
  if (stranger) throw binary(`This is ${stranger[1]}, not a table.`);
  if (starts(head, "PK\x03\x04") || starts(head, OLE))
    throw binary("There is an archive or workbook inside the file. Unpack it first.");
  if (byteOrderMarks.some((mark) => starts(head, mark))) return;

  const nul = head.indexOf(0);
  if (nul >= 0) throw binary("The file holds binary data, not text.", rowOf(head, nul));
  let controls = 0;
  for (const byte of head) if (byte < 32 && !textControls.has(byte)) controls += 1;
  if (controls > Math.max(2, head.length * MAX_CONTROL_SHARE)) throw binary("The file holds binary data, not text.");

  const opening = head
    .subarray(0, 512)
    .toString("latin1")
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart();
  if (/^(<!doctype|<html|<table|<\?xml)/i.test(opening)) throw notATable("a web page or XML document");
  if (/^(\{\s*["}]|\[\s*[{["])/.test(opening)) throw notATable("JSON");
};

const rowOf = (head: Buffer, at: number): number => head.subarray(0, at).toString("latin1").split("\n").length;

const binary = (what: string, row?: number): TableRefused =>
  new TableRefused(
    "binary",
    `${what}${row === undefined ? "" : ` The first such byte is in row ${row}.`} Save the table as .csv or .xlsx and try again.`,
    { row },
  );

const notATable = (what: string): TableRefused =>
  new TableRefused("not-a-table", `This looks like ${what}, not a table. Save it as .csv or .xlsx and try again.`);
