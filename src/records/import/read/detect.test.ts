import { gzipSync } from "node:zlib";
import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { rowsOf, upload } from "./files-for-tests.ts";
import { detectTable, TableFormat } from "./index.ts";

test("a shop's export is understood: names, kinds, and a format that survives being stored", async () => {
  const path = await upload(
    "Order No, Customer Email ,Ordered,Total,Paid,Country,Phone,,Currency,Shop\n" +
      '1001,ada@example.com,2011-01-13 08:26,"1,250.00",yes,United Kingdom,+44 20 7946 0000,,GBP,https://a.example/x\n' +
      "1002,tom@example.com,2011-01-14 09:00,12.50,no,France,+33 1 70 18 99 00,,EUR,https://a.example/y\n",
  );
  const { format, columns, rows, complete } = await detectTable(path);
  expect(columns.map(({ name, kind }) => [name, kind])).toEqual([
    ["Order No", "integer"],
    ["Customer Email", "email"],
    ["Ordered", "datetime"],
    ["Total", "decimal"],
    ["Paid", "boolean"],
    ["Country", "country"],
    ["Phone", "phone"],
    ["Column 8", "empty"],
    ["Currency", "currency"],
    ["Shop", "url"],
  ]);
  expect([rows[0]?.row, complete]).toEqual([2, true]);
  expect(TableFormat.parse(JSON.parse(JSON.stringify(format)))).toEqual(format);
});

test.each(["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const)(
  "umlauts and signs arrive whole from %s",
  async (encoding) => {
    const text = "Name;Preis\nMüller & Söhne;£5\nŒuvre – d’art;€7\n";
    const path = await upload(iconv.encode(text, encoding, { addBOM: encoding !== "windows-1252" }));
    expect((await detectTable(path)).format).toMatchObject({
      encoding,
      delimiter: ";",
      columns: ["Name", "Preis"],
    });
    expect((await rowsOf(path)).map(({ cells }) => cells)).toEqual([
      ["Müller & Söhne", "£5"],
      ["Œuvre – d’art", "€7"],
    ]);
  },
);

test("a file that is plain ASCII for a megabyte and then Latin-1 still reads", async () => {
  const path = await upload(
    Buffer.concat([
      Buffer.from(`name,city\n${"Ada,Bonn\n".repeat(150_000)}`),
      Buffer.from("Zo\xeb,M\xfcnchen\nA,B\xe9", "latin1"),
    ]),
  );
  expect((await rowsOf(path)).slice(-2).map(({ cells }) => cells)).toEqual([
    ["Zoë", "München"],
    ["A", "Bé"],
  ]);
});

test.each([
  ["tabs", "a\tb\n1\t2\n", "\t"],
  ["pipes", "a|b\n1|2\n", "|"],
  ["semicolons beside decimal commas, without a header", "1,5;2,5;3,5\n4,5;5,5;6,5\n", ";"],
  ["Excel's own first line", "sep=;\na;b,c\n1;2,5\n", ";"],
  ["spaces between figures", " 00004 0001 19970101  2   29.33\n 00004 0001 19970118  2   29.73\n", "spaces"],
  ["one column of names", "Full name\nAda Lovelace\nTom Jones\n", ","],
  ["commas in quoted text beside semicolons", 'name;note\nAda;"a, b, c"\nTom;"d, e, f"\n', ";"],
])("the delimiter is found: %s", async (_, text, delimiter) => {
  expect((await detectTable(await upload(text))).format.delimiter).toBe(delimiter);
});

test("Excel's first line is not a row, and the rows keep their numbers", async () => {
  expect(await rowsOf(await upload("sep=;\r\na;b\r\n1;2\r\n"))).toEqual([{ row: 3, cells: ["1", "2"] }]);
});

test("single quotes count as quotes where every cell wears them", async () => {
  expect(await rowsOf(await upload("'a','b'\n'1, 2','it''s'\n"))).toEqual([{ row: 2, cells: ["1, 2", "it's"] }]);
});

test("a table without a header gets numbered columns and keeps its first row", async () => {
  const path = await upload(gzipSync(" 00004 0001 19970101  2   29.33\n 00021 0002 19970101  3   63.34\n"));
  const { format, columns } = await detectTable(path);
  expect(format).toMatchObject({ container: "gzip", header: false, headerRow: null });
  expect(columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    "Column 1 text",
    "Column 2 text",
    "Column 3 date",
    "Column 4 integer",
    "Column 5 decimal",
  ]);
  expect((await rowsOf(path))[0]).toEqual({
    row: 1,
    cells: ["00004", "0001", "19970101", "2", "29.33"],
  });
});

test("words that come again below are no header, and a person may say otherwise", async () => {
  const path = await upload("Bonn,red\nKöln,blue\nBonn,green\n");
  expect((await detectTable(path)).format.header).toBe(false);
  expect((await detectTable(path, { header: true })).format.columns).toEqual(["Bonn", "red"]);
});

test("dates that can be read both ways are put to the person, and one clear day settles it", async () => {
  const unclear = await detectTable(await upload("when\n01/02/2011\n03/04/2011\n"));
  expect(unclear.columns[0]).toMatchObject({
    kind: "date",
    dates: ["d/m/y", "m/d/y"],
    ambiguous: true,
  });
  const clear = await detectTable(await upload("when\n01/02/2011\n13/04/2011\n"));
  expect(clear.columns[0]).toMatchObject({ dates: ["d/m/y"], ambiguous: false, misfits: 0 });
  const mixed = await detectTable(await upload("when\n25/02/2011\n26/02/2011\n04/13/2011\n"));
  expect(mixed.columns[0]).toMatchObject({ kind: "date", dates: ["d/m/y"], misfits: 1 });
});

test("numbers that can be read both ways are put to the person", async () => {
  const sample = await detectTable(await upload("a;b;c\n1.234;1.234,50;1 234,5\n2.500;2,50;7\n"));
  expect(sample.columns.map(({ decimals, ambiguous }) => [decimals[0], ambiguous])).toEqual([
    ["1,234.56", true],
    ["1.234,56", false],
    ["1 234,56", false],
  ]);
});

test("seconds since 1970 are a number unless the column says it is a time", async () => {
  const sample = await detectTable(await upload("customer,created_at\n1294907160,1294907160\n"));
  expect(sample.columns.map(({ kind, dates }) => [kind, dates])).toEqual([
    ["integer", ["unix s"]],
    ["datetime", ["unix s"]],
  ]);
});
