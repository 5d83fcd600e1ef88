import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { refusalOf, rowsOf, upload } from "./files-for-tests.ts";
import { detectTable } from "./index.ts";

test.each<[what: string, content: string | Buffer, code: string, words: RegExp]>([
  ["nothing at all", "", "empty", /empty/],
  ["only blank lines", "\n \n,,\n", "empty", /nothing in the table/],
  ["an empty gzip", gzipSync(""), "empty", /empty/],
  ["a header without rows", "name,email\n", "no-rows", /Row 1 names the columns, but no row follows/],
  ["a header after blank lines", "\n\nname,email\n\n", "no-rows", /Row 3/],
  ["a PNG", Buffer.from("\x89PNG\r\n\x1a\n\0\0", "latin1"), "binary", /PNG picture.*\.csv or \.xlsx/],
  ["a PDF", "%PDF-1.7 and so on", "binary", /PDF document/],
  ["NUL bytes", "a,b\n1,2\n3,\0\0\n", "binary", /binary data.*row 3/],
  ["control characters", `a,b\n${"\x01\x02\x03".repeat(20)},2\n`, "binary", /binary data/],
  [
    "an old workbook",
    Buffer.from("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "latin1"),
    "old-excel",
    /\.xls.*Save it as \.xlsx or \.csv/,
  ],
  [
    "a workbook with a password",
    Buffer.concat([
      Buffer.from("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "latin1"),
      Buffer.from("EncryptedPackage", "utf16le"),
    ]),
    "encrypted",
    /password/,
  ],
  ["a workbook inside gzip", gzipSync("PK\x03\x04 and so on"), "binary", /Unpack it/],
  ["a web page", "<!DOCTYPE html><table></table>", "not-a-table", /web page/],
  ["JSON", '[{"name": "Ada"}]', "not-a-table", /JSON/],
  [
    "two columns of one name",
    "Email,Name, email \na@b.de,Ada,c@d.de\n",
    "duplicate-headers",
    /columns 1 \("Email"\) and 3 \("email"\)/,
  ],
  [
    "a quote that never ends",
    'a,b\n1,2\n3,"never\n4,5\n',
    "quote-never-ends",
    /Row 3, column 2: a quote \("\) opens here and never ends/,
  ],
  ["too many columns", `${"x1,".repeat(1_001)}\n`, "too-many-columns", /more than 1000 columns/],
  [
    "a damaged gzip",
    Buffer.concat([gzipSync("a,b\n1,2\n").subarray(0, 10), Buffer.alloc(40, 0xff)]),
    "corrupt",
    /damaged/,
  ],
  ["a gzip that was cut off", gzipSync("a,b\n1,2\n").subarray(0, 20), "corrupt", /too early/],
])("an upload with %s is refused", async (_, content, code, words) => {
  const refusal = await refusalOf(detectTable(await upload(content)));
  expect(refusal.code).toBe(code);
  expect(refusal.message).toMatch(words);
});

test("a quote that never ends late in a large file names its row without reading the rest", async () => {
  const path = await upload(`a,b\n${"1,2\n".repeat(300_000)}7,"open${"\n8,9".repeat(2_000_000)}\n`);
  let share = 0;
  const refusal = await refusalOf(rowsOf(path, {}, { onProgress: (done) => (share = done) }));
  expect(refusal).toMatchObject({ code: "quote-never-ends", row: 300_002 });
  expect(share).toBeLessThan(0.6);
});

test("a cell, a row and a table without end are refused", async () => {
  const cell = await upload(`a,b\n${"1,2\n".repeat(300_000)}7,${"x".repeat(3_000_000)}`);
  expect(await refusalOf(rowsOf(cell))).toMatchObject({ code: "cell-too-long", row: 300_002 });
  const row = await upload(`a,b\n${"1,2\n".repeat(300_000)}${`${"x".repeat(500_000)},`.repeat(20)}`);
  expect(await refusalOf(rowsOf(row))).toMatchObject({ code: "row-too-long", row: 300_002 });
  const first = await upload(`a,b\n${`${"x".repeat(500_000)},`.repeat(5)}`);
  expect(await refusalOf(detectTable(first))).toMatchObject({ code: "row-too-long", row: 2 });
  const bomb = await upload(gzipSync(`a,b\n${"1,2\n".repeat(3_000_000)}`));
  expect(await refusalOf(rowsOf(bomb, {}, { limits: { ratioFrom: 2_000_000 } }))).toMatchObject({
    code: "too-big",
  });
  expect(await refusalOf(rowsOf(bomb, {}, { limits: { bytes: 5_000_000 } }))).toMatchObject({
    code: "too-big",
  });
});

test("text that is not in the encoding names the row and column where it breaks", async () => {
  const sure = Buffer.concat([
    Buffer.from(`name,city\n${"Zoë,Köln\n".repeat(150_000)}Ada,`),
    Buffer.from("M\xfcnchen\n", "latin1"),
  ]);
  expect(await refusalOf(rowsOf(await upload(sure)))).toMatchObject({
    code: "encoding",
    row: 150_002,
    column: "city",
  });
  const early = Buffer.from("name,city\nZo\xc3\xab,K\xf6ln\n", "latin1");
  expect(
    await refusalOf(
      detectTable(await upload(early), { encoding: "utf-8", header: true }).then(({ rows }) => rows.length),
    ),
  ).toMatchObject({ code: "encoding" });
});
