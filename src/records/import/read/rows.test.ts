import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import iconv from "iconv-lite";
import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { rowsOf, upload } from "./files-for-tests.ts";
import { detectTable, readRows, type TableFormat } from "./index.ts";
import { splitter } from "./split.ts";

const written = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  quote: fc.constantFrom('"', "'"),
  record_delimiter: fc.constantFrom("\n", "\r\n", "\r"),
  quoted: fc.boolean(),
});
const cell = fc.string({ unit: fc.constantFrom(...Array.from("ab, ;|\t'\"\n\r£ü5")), maxLength: 12 });
const table = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
    minLength: 1,
    maxLength: 8,
  }),
);

test("what a CSV writer writes reads back equal, in every dialect and however the stream is cut", () => {
  fc.assert(
    fc.property(table, written, fc.integer({ min: 1, max: 20 }), (rows, style, cut) => {
      const text = stringify(rows, {
        ...style,
        quoted: style.quoted || style.record_delimiter === "\r",
        escape: style.quote,
        quoted_match: /[\r\n'" ]|^$/,
      });
      const split = splitter({
        delimiter: style.delimiter as TableFormat["delimiter"],
        quote: style.quote as TableFormat["quote"],
      });
      const read: string[][] = [];
      for (let at = 0; at < text.length; at += cut)
        read.push(...split.push(text.slice(at, at + cut), false).map(({ cells }) => cells));
      read.push(...split.push("", true).map(({ cells }) => cells));
      expect(read).toEqual(rows);
    }),
    { numRuns: 500 },
  );
});

test("the same from a file, in every encoding", async () => {
  const path = await upload("");
  await fc.assert(
    fc.asyncProperty(
      table,
      written,
      fc.constantFrom("utf-8" as const, "utf-16le" as const, "utf-16be" as const, "windows-1252" as const),
      async (rows, style, encoding) => {
        const text = stringify(rows, { ...style, escape: style.quote, quoted: true });
        await writeFile(path, iconv.encode(text, encoding, { addBOM: encoding !== "windows-1252" }));
        const columns = rows[0]!.map((_, at) => `Column ${at + 1}`);
        const format = {
          container: "plain",
          encoding,
          delimiter: style.delimiter,
          quote: style.quote,
          separatorLine: false,
          header: false,
          headerRow: null,
          columns,
          sheet: null,
        } as TableFormat;
        const read: string[][] = [];
        for await (const batch of readRows(path, format)) read.push(...batch.map(({ cells }) => cells));
        expect(read).toEqual(rows.filter((cells) => cells.some((one) => one.trim() !== "")));
      },
    ),
    { numRuns: 100 },
  );
});

test("a row of another width is a problem of that row, empty cells at the end are not", async () => {
  const rows = await rowsOf(await upload("a,b,c\n1,2,3,,\n4,5\n\n6,7,8,9\n7,8,9\n"));
  expect(rows.map(({ row, problem }) => [row, problem?.message])).toEqual([
    [2, undefined],
    [3, "row 3: the row has 2 columns, the header has 3"],
    [5, "row 5: the row has 4 columns, the header has 3"],
    [6, undefined],
  ]);
  expect(rows[0]?.cells).toEqual(["1", "2", "3"]);
});

test("inches, stray quotes and a quote that swallows lines spoil only their own rows", async () => {
  const rows = await rowsOf(
    await upload('id,item\n1,7" single\n2,"RECORD 7"" FRAME"\n3,"Bolt 5" long"\n4,"open\n5,"closed"\n6,"fine" \n'),
  );
  expect(rows.map(({ row, cells }) => [row, ...cells])).toEqual([
    [2, "1", '7" single'],
    [3, "2", 'RECORD 7" FRAME'],
    [4, "3", 'Bolt 5" long'],
    [5, "4", 'open\n5,"closed'],
    [6, "6", "fine"],
  ]);
  const three = await rowsOf(await upload('id,item,n\n1,"open,2\n3,"closed",4\n5,x,6\n'), {
    header: true,
  });
  expect(three.map(({ row, problem }) => [row, problem?.column])).toEqual([
    [2, undefined],
    [3, undefined],
  ]);
});

test("a quote that swallows whole lines names the column where it opens", async () => {
  const rows = await rowsOf(await upload('id,item,n,m\n1,"open,2,3\n4,"x",5\n6,y,7,8\n'));
  expect(rows[0]?.problem).toMatchObject({ row: 2, column: "item", code: "wrong-width" });
  expect(rows[1]).toEqual({ row: 3, cells: ["6", "y", "7", "8"] });
});

test("a NUL deep in the file is a problem of its row", async () => {
  const rows = await rowsOf(await upload(`a,b\n${"1,2\n".repeat(300_000)}3,x\0y\n4,5\n`));
  expect(rows.at(-2)?.problem).toMatchObject({
    row: 300_002,
    column: "b",
    code: "binary",
    value: "x·y",
  });
  expect(rows.at(-1)?.problem).toBeUndefined();
});

test("a job resumes at its row, hears how far it is, and stops when told", async () => {
  const path = await upload(`n\n${Array.from({ length: 100_000 }, (_, at) => at + 2).join("\n")}\n`);
  const { format } = await detectTable(path);
  const shares: number[] = [];
  const rows: number[] = [];
  for await (const batch of readRows(path, format, {
    fromRow: 99_990,
    onProgress: (share) => shares.push(share),
  }))
    rows.push(...batch.map(({ row }) => row));
  expect([rows[0], rows.at(-1), rows.length]).toEqual([99_990, 100_001, 12]);
  expect(shares.at(-1)).toBe(1);

  const stop = new AbortController();
  const stopped = (async () => {
    for await (const batch of readRows(path, format, { signal: stop.signal }))
      if (batch[0]) stop.abort(new Error("cancelled by a person"));
  })();
  await expect(stopped).rejects.toThrow("cancelled by a person");
});
