import { expect, test } from "vitest";
import { refusalOf, rowsOf, upload } from "../files-for-tests.ts";
import { detectTable, readRows } from "../index.ts";
import { workbook, zip } from "./book-for-tests.ts";
import { dateText, numberText } from "./serial.ts";
import { lookOfCode } from "./styles.ts";

const order = {
  strings: [
    "<t>Customer</t>",
    "<t>Ordered</t>",
    "<t>Total</t>",
    "<r><t>Ada </t></r><r><t>Lovelace</t></r><rPh><t>noise</t></rPh>",
  ],
  formats: [{ id: 164, code: "dd/mm/yyyy\\ hh:mm" }],
  styles: [0, 14, 164],
};
const header = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>';

test("a workbook's first sheet reads like a table: shared texts, dates as ISO, numbers as shown", async () => {
  const path = await upload(
    workbook({
      ...order,
      sheets: [
        {
          name: "Orders",
          rows: `${header}<row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2" s="1"><v>40556</v></c><c r="C2"><v>2.5499999999999998</v></c></row>
            <row r="5"><c r="A5" t="inlineStr"><is><t>Tom &amp; Co</t></is></c><c r="B5" s="2"><v>40556.351388888892</v></c><c r="XFD5" s="1"/></row>`,
        },
        {
          name: "Notes",
          rows: '<row><c t="inlineStr"><is><t>Note</t></is></c></row><row><c t="b"><v>1</v></c></row>',
        },
      ],
    }),
  );
  const sample = await detectTable(path);
  expect(sample.sheets).toEqual(["Orders", "Notes"]);
  expect(sample.format).toMatchObject({
    container: "xlsx",
    sheet: "Orders",
    columns: ["Customer", "Ordered", "Total"],
  });
  expect(sample.columns.map(({ kind }) => kind)).toEqual(["text", "datetime", "decimal"]);
  expect(await rowsOf(path)).toEqual([
    { row: 2, cells: ["Ada Lovelace", "2011-01-13", "2.55"] },
    { row: 5, cells: ["Tom & Co", "2011-01-13 08:26:00", ""] },
  ]);
  expect(await rowsOf(path, { sheet: "Notes", header: true })).toEqual([{ row: 2, cells: ["true"] }]);
  expect(await refusalOf(detectTable(path, { sheet: "Gone" }))).toMatchObject({ code: "no-sheet" });
});

test("a book of an old Mac counts its days from 1904", async () => {
  const path = await upload(
    workbook({
      ...order,
      since1904: true,
      sheets: [{ name: "S", rows: `${header}<row r="2"><c r="B2" s="1"><v>39094</v></c></row>` }],
    }),
  );
  expect((await rowsOf(path))[0]?.cells).toEqual(["", "2011-01-13", ""]);
});

test("a day of 1900, an exponent and a clock come out as a spreadsheet shows them", () => {
  expect(dateText(1, "date", false)).toBe("1900-01-01");
  expect(dateText(61, "date", false)).toBe("1900-03-01");
  expect(dateText(0.5, "time", false)).toBe("12:00:00");
  expect(dateText(-1, "date", false)).toBeNull();
  expect(["1E3", "1.5E-5", "-0.30000000000000004", "12345678901234567", "0", "0.1"].map(numberText)).toEqual([
    "1000",
    "0.000015",
    "-0.3",
    "12345678901234600",
    "0",
    "0.1",
  ]);
});

test.each([
  ["dd/mm/yyyy", "date"],
  ["yyyy-mm-dd hh:mm", "datetime"],
  ["[h]:mm:ss", "time"],
  ["mmm", "date"],
  ['[Red]#,##0.00 "days"', "number"],
  ["[$-409]d-mmm-yy;@", "date"],
  ["General", "number"],
  ['0.00" m"', "number"],
])("the number format %s is a %s", (code, look) => {
  expect(lookOfCode(code)).toBe(look);
});

test("a sheet of many rows streams in batches", async () => {
  const rows = Array.from(
    { length: 30_000 },
    (_, at) => `<row r="${at + 2}"><c r="A${at + 2}" t="s"><v>3</v></c><c r="C${at + 2}"><v>${at}</v></c></row>`,
  );
  const path = await upload(workbook({ ...order, sheets: [{ name: "S", rows: header + rows.join("") }] }));
  const { format, complete } = await detectTable(path);
  expect(complete).toBe(false);
  const sizes: number[] = [];
  let last = "";
  for await (const batch of readRows(path, format)) {
    sizes.push(batch.length);
    last = batch.at(-1)?.cells[2] ?? "";
  }
  expect([sizes.length, Math.max(...sizes), last]).toEqual([30, 1_000, "29999"]);
});

test("books that are cut off, damaged, encrypted or no books are refused in plain words", async () => {
  const good = workbook({
    ...order,
    sheets: [{ name: "S", rows: `${header}<row r="2"><c r="A2"><v>1</v></c></row>` }],
  });
  const damaged = Buffer.from(good);
  damaged.fill(0x55, good.indexOf("sheet1.xml") + 10, good.indexOf("sheet1.xml") + 60);
  const cases: [content: Buffer, code: string, words: string][] = [
    [good.subarray(0, good.length - 100), "corrupt", "cut off"],
    [good.subarray(0, 200), "corrupt", "cut off"],
    [damaged, "corrupt", "damaged"],
    [zip([{ name: "orders.csv", data: Buffer.from("a,b") }]), "not-a-table", "Unpack it"],
    [zip([{ name: "word/document.xml", data: Buffer.from("<a/>") }]), "not-a-table", "Word"],
    [zip([{ name: "xl/workbook.xml", data: Buffer.from("<a/>"), encrypted: true }]), "encrypted", "password"],
    [
      workbook({
        ...order,
        sheets: [{ name: "S", rows: '<row r="1"><c r="A1" t="s"><v>77</v></c></row>' }],
      }),
      "corrupt",
      "text it does not hold",
    ],
    [workbook({ ...order, sheets: [{ name: "S", rows: "<row><c><v>1</v></row>" }] }), "corrupt", "damaged inside"],
    [workbook({ ...order, sheets: [{ name: "S", rows: header }] }), "no-rows", "Row 1"],
    [workbook({ ...order, sheets: [{ name: "S", rows: "" }] }), "empty", "nothing"],
    [
      workbook({ sheets: [{ name: "S", rows: '<row r="1"><c r="ALM1"><v>1</v></c></row>' }] }),
      "too-many-columns",
      "Row 1",
    ],
  ];
  for (const [content, code, words] of cases) {
    const refusal = await refusalOf(detectTable(await upload(content, "orders.xlsx")));
    expect(refusal.code).toBe(code);
    expect(refusal.message).toContain(words);
  }
});

test("a book that would unpack to far more than it is worth is refused before it fills memory", async () => {
  const bomb = workbook({
    ...order,
    sheets: [{ name: "S", rows: `${header}${"<row/>".repeat(2_000_000)}` }],
  });
  expect(bomb.length).toBeLessThan(100_000);
  const path = await upload(bomb, "bomb.xlsx");
  expect(await refusalOf(detectTable(path, {}, { ratioFrom: 1_000_000 }))).toMatchObject({
    code: "too-big",
  });

  const wordy = await upload(
    workbook({ strings: [`<t>${"x".repeat(5_000)}</t>`], sheets: [{ name: "S", rows: header }] }),
  );
  expect(await refusalOf(detectTable(wordy, {}, { sharedStrings: 1_000 }))).toMatchObject({
    code: "too-big",
  });

  const quiet = await upload(
    workbook({ sheets: [{ name: "S", rows: `<row><c t="str"><v>${"x".repeat(5_000_000)}` }] }),
  );
  expect((await refusalOf(detectTable(quiet))).code).toBe("corrupt");
});
