import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { contactType, accountType } from "#customers";
import { productType } from "#convert/catalog";
import { toMajor } from "#kernel/money";
import type { Ctx } from "#platform/context";
import { workOnce } from "#platform/jobs";
import { createLog } from "#platform/log";
import { createRecord, startTakingBack, takeBackJob } from "#records";
import { databaseForTest } from "../../../../test/database.ts";
import { lookAt } from "../../../records/import/look.ts";
import { previewOf } from "../../../records/import/preview.ts";
import { imported, uploaded } from "../../../records/import/importing-for-tests.ts";
import { createQuote } from "./write.ts";
import type { LineInput } from "./lines.ts";
import "./import.ts";

const head =
  "Quote number,Customer,Company,Subject,Currency,Exchange rate,Valid until,Quote discount,SKU,Description,Quantity,Unit price,Discount,Discount amount,Tax rate\n";
const file = `${head}${[
  "A-1,ana@initech.example,,Kitchen,,,2026-12-24,5,L1,,2,1999.90,10,,19",
  "A-1,,,,,,,,,Training,1.5,80,,,7",
  "A-2,,Vertex GmbH,,USD,0.86,,,m1,Mug with a name,10,,,5.50,0",
  "A-3,nobody@here.example,,,,,,,L1,,1,,,,",
  "A-3,,,,,,,,L1,,2,,,,",
  "A-4,ana@initech.example,,,,,,,L1,,1,10,,20,",
  "A-5,ana@initech.example,,,,,,,L1,,1,,,,",
  "A-5,bo@vertex.example,,,,,,,L1,,1,,,,",
  "A-6,ana@initech.example,,,,,,,X9,,1,3,,,",
  "A-7,ana@initech.example,,,,,,,,Words,one,3,,,",
  "A-7,ana@initech.example,,,,,,,,Words,1,3,,,",
  "A-8,ana@initech.example,,,GBP,,,,,Words,1,3,,,",
  ",ana@initech.example,,,,,,,,Words,1,3,,,",
  "A-9,ana@initech.example,,,,,,,,Words,1,3,10,1,",
  "A-10,ana@initech.example,,,,,,,,Words,-1,3,,,",
].join("\n")}\n`; // prettier-ignore
const terms = { contact_id: "Customer", account_id: "Company", subject: "Subject", currency: "Currency", rate: "Exchange rate", valid_until: "Valid until", quote_discount: "Quote discount", sku: "SKU", description: "Description", quantity: "Quantity", unit_price: "Unit price", discount_percent: "Discount", discount_amount: "Discount amount", tax_rate: "Tax rate", number: "Quote number" }; // prettier-ignore

async function world(ctx: Ctx) {
  const ana = await createRecord(ctx, contactType, { name: "Ana Ruiz", email: "ana@initech.example" });
  await createRecord(ctx, contactType, { name: "Bo Lind", email: "bo@vertex.example" });
  const vertex = await createRecord(ctx, accountType, { name: "Vertex GmbH" });
  const lantern = await createRecord(ctx, productType, { name: "Lantern", sku: "L1", price: 1000 });
  await createRecord(ctx, productType, { name: "Mug", sku: "M1", price: 700, currency: "USD" });
  return { ana, vertex, lantern };
}

const quotesOf = async (ctx: Ctx) =>
  (await sql`select e.external_id as said, q.status, q.contact_id, q.account_id, q.subject, q.currency, q.valid_until, q.line_count, q.discount, q.net, q.tax, q.total, q.base_total
               from quotes q join external_ids e on e.record_id = q.id where q.deleted_at is null order by 1`.execute(ctx.db)).rows; // prettier-ignore

test("a file of lines becomes drafts with exact totals; a quote with one bad row is left out as a whole, each row told why", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { ana, vertex } = await world(ctx);
  const found = await uploaded(ctx, "quotes", file);
  const look = await lookAt(ctx, found);
  expect(look.problems).toEqual([]);
  expect(Object.fromEntries(Object.entries(look.mapping).map(([column, to]) => [to.field, column]))).toEqual(terms);
  const seen = await previewOf(ctx, found, { format: look.format, mapping: look.mapping, options: look.options });
  expect(seen.items[0]).toMatchObject({ number: "A-1", lines: 2, total: "4191.58 EUR", valid_until: "2026-12-24" });
  expect(seen.items[1]).toMatchObject({ number: "A-2", lines: 1, total: null });
  const { counts, failures, job } = await imported(ctx, "quotes", found);
  expect(job).toMatchObject({ state: "done", reason: null });
  expect(counts).toEqual({ created: 2, lines: 3, unchanged: 0 });
  expect(failures).toEqual([
    "row 5, column Customer: there is no contact 'nobody@here.example'",
    "row 6, column Quote number: quote 'A-3' is not imported because of row 5",
    "row 7, column Discount amount: A discount is at most what it is taken off.",
    "row 8, column Quote number: quote 'A-5' is not imported because of row 9",
    "row 9, column Customer: the quote says something else in row 8",
    "row 10, column SKU: there is no product 'X9'",
    expect.stringMatching(/^row 11, column Quantity: /),
    "row 12, column Quote number: quote 'A-7' is not imported because of row 11",
    "row 13, column Exchange rate: Say how many EUR one GBP is worth.",
    "row 14, column Quote number: there is no quote number",
    "row 15, column Discount amount: Give a percentage or an amount, not both.",
    'row 16, column Quantity: A decimal number is written like "12.5", with at most 6 decimals.',
  ]);
  expect(await quotesOf(ctx)).toEqual([
    { said: "A-1", status: "draft", contact_id: ana.id, account_id: null, subject: "Kitchen", currency: "EUR", valid_until: "2026-12-24", line_count: 2, discount: 39_998 + 18_599, net: 353_383, tax: 65_775, total: 419_158, base_total: 419_158 },
    { said: "A-2", status: "draft", contact_id: null, account_id: vertex.id, subject: null, currency: "USD", valid_until: expect.any(String), line_count: 1, discount: 550, net: 6450, tax: 0, total: 6450, base_total: 5547 },
  ]); // prettier-ignore
  // The same file again brings nothing twice; the mended rows bring what was left out.
  const mended = `${head}A-3,ana@initech.example,,,,,,,L1,,1,,,,\nA-3,,,,,,,,L1,,2,,,,\nA-1,,,,,,,,,More,1,1,,,\n`;
  expect((await imported(ctx, "quotes", mended)).counts).toEqual({ created: 1, lines: 2, unchanged: 1 });
});

test("quotes of a file are taken back as one act, and the file may come again", async () => {
  const ctx = (await databaseForTest()).ctx();
  await world(ctx);
  const first = await imported(ctx, "quotes", file);
  await startTakingBack(ctx, first.job.id);
  while (await workOnce(ctx, [takeBackJob], createLog("silent")));
  expect(await quotesOf(ctx)).toEqual([]);
  expect((await imported(ctx, "quotes", file)).counts).toMatchObject({ created: 2, unchanged: 0 });
  expect((await imported(ctx, "quotes", file)).counts).toMatchObject({ created: 0, unchanged: 2 });
  expect(await quotesOf(ctx)).toHaveLength(2);
});

test("whatever a file says, its quotes are what somebody writes by hand", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { lantern } = await world(ctx);
  const decimal = (most: number, places: number) => fc.integer({ min: 1, max: most * 10 ** places }).map((n) => (n / 10 ** places).toFixed(places)); // prettier-ignore
  const percent = fc.constantFrom("0", "2.5", "10", "33.3333", "100");
  const line = fc.record({ product: fc.boolean(), quantity: decimal(50, 3), unit_price: decimal(900, 4), discount_percent: fc.option(percent, { nil: null }), discount_amount: fc.option(fc.integer({ min: 0, max: 300 }), { nil: null }), tax_rate: fc.constantFrom("0", "7", "19", "5.5") }); // prettier-ignore
  const quotes = fc.sample(fc.record({ discount: fc.option(percent, { nil: null }), lines: fc.array(line, { minLength: 1, maxLength: 6 }) }), { numRuns: 60, seed: 7 }); // prettier-ignore
  const off = (l: (typeof quotes)[number]["lines"][number]) => (l.discount_percent === null ? l.discount_amount : null);
  const rows = quotes.flatMap((q, i) => q.lines.map((l) => `Q-${i},${q.discount ?? ""},${l.product ? "L1" : ""},${l.product ? "" : "Words"},${l.quantity},${l.unit_price},${l.discount_percent ?? ""},${off(l) === null ? "" : toMajor(off(l)!, "EUR")},${l.tax_rate}`)); // prettier-ignore
  await imported(ctx, "quotes", `Quote number,Quote discount,SKU,Description,Quantity,Unit price,Discount,Discount amount,Tax rate\n${rows.join("\n")}\n`); // prettier-ignore
  const told = "q.line_count, q.discount, q.net, q.tax, q.total, (select json_agg(json_build_array(l.position, l.description, l.quantity, l.unit_price, l.goods, l.discount, l.share, l.net, l.tax) order by l.position) from quote_lines l where l.quote_id = q.id) as lines"; // prettier-ignore
  let same = 0;
  for (const [i, q] of quotes.entries()) {
    const lines = q.lines.map((l): LineInput => ({ ...(l.product ? { product_id: lantern.id } : { description: "Words" }), quantity: l.quantity, unit_price: l.unit_price, discount_percent: l.discount_percent, discount_amount: off(l), tax_rate: l.tax_rate })); // prettier-ignore
    const hand = await createQuote(ctx, { discount_percent: q.discount === null ? null : Number(q.discount), lines }).catch(() => null); // prettier-ignore
    const { rows: file } = await sql`select ${sql.raw(told)} from quotes q join external_ids e on e.record_id = q.id where e.external_id = ${`Q-${i}`}`.execute(ctx.db); // prettier-ignore
    expect(file.length).toBe(hand === null ? 0 : 1);
    if (hand === null) continue;
    expect((await sql`select ${sql.raw(told)} from quotes q where q.id = ${hand}`.execute(ctx.db)).rows).toEqual(file);
    same += 1;
  }
  expect(same).toBeGreaterThan(30);
});
