import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { inTransaction, type Ctx } from "#platform/context";
import { findJob, workOnce } from "#platform/jobs";
import { createLog } from "#platform/log";
import { createRecord, startTakingBack, takeBackJob } from "#records";
import { databaseForTest } from "../../../../test/database.ts";
import { imported } from "../../../records/import/importing-for-tests.ts";
import { Refused } from "#kernel/refusal";
import { priceFor, priceListType, productType, setPrice } from "./index.ts";
import { setPrices } from "./set-prices.ts";
import "./import-prices.ts";

const noon = new Date("2026-03-10T12:00:00Z");

/** A lantern and a mug, the usual list in euros and one for the fair in dollars. */
async function shop(ctx: Ctx) {
  const lantern = await createRecord(ctx, productType, { name: "Lantern", sku: "L1", price: 1000 });
  const mug = await createRecord(ctx, productType, { name: "Mug", sku: "M1", external_ids: { import: "4711" } });
  const euro = await createRecord(ctx, priceListType, { name: "Euro", currency: "EUR", is_default: true });
  const fair = await createRecord(ctx, priceListType, { name: "Fair", currency: "USD" });
  const on = async (product: { id: string }, day: string, more: { currency?: string; quantity?: number; price_list_id?: string } = {}) =>
    (await priceFor(ctx, { product_id: product.id, currency: "EUR", at: day, ...more }))?.unit_price;
  return { lantern, mug, euro, fair, on };
} // prettier-ignore

test("a file of prices sets what products cost from which day on, in whatever order it tells them", async () => {
  const ctx = (await databaseForTest()).ctx("owner", { at: noon });
  const { lantern, mug, fair, on } = await shop(ctx);
  const file = [
    "SKU,Product id,Price,Currency,Price list,From quantity,Valid from,Valid to",
    "l1,,12.50,,,,2026-06-01,",
    "L1,,11,EUR,,,2026-01-01,",
    "L1,,9.90,EUR,,10,2026-01-01,",
    "L1,,8,EUR,,,2026-08-01,2026-08-14",
    ",4711,7.25,USD,fair,,,",
    "L9,,1,,,,,",
    "L1,,1,JPY,,,,",
    "L1,,1,EUR,Fair,,,",
    "L1,,1,,Winter,,,",
    "L1,,1.005,EUR,,,2027-01-01,",
    "L1,,-1,EUR,,,2027-01-01,",
    "L1,,1,EUR,,0,2027-01-01,",
    "L1,,5,EUR,,,2026-06-01,",
    "L1,,5,EUR,,,2027-02-01,2027-01-01",
    ",,5,EUR,,,,",
    "",
  ].join("\n");
  const { counts, failures, job } = await imported(ctx, "prices", file);
  expect(job).toMatchObject({ state: "done", reason: null });
  expect(failures).toEqual([
    "row 7, column SKU: there is no product 'L9'",
    "row 8, column Currency: there is no default price list in JPY",
    "row 9, column Currency: the price list 'Fair' is in USD, not in EUR",
    "row 10, column Price list: there is no price list 'Winter'",
    "row 11, column Price: a price in EUR has at most 2 decimals, not 1.005",
    "row 12, column Price: the price -1 is negative",
    "row 13, column From quantity: the quantity 0 is not above zero with at most 6 decimals",
    "row 14, column Valid from: A price is set from 2026-06-01 on already; choose other days.",
    "row 15, column Valid to: A price ends after it begins.",
    "row 16, column SKU: nothing says which product this is",
  ]);
  expect(counts).toEqual({ created: 5, unchanged: 0 });
  const days = ["2025-12-31", "2026-01-01", "2026-05-31", "2026-06-01", "2026-08-01", "2026-08-14", "2026-08-15"];
  expect(await Promise.all(days.map((d) => on(lantern, d)))).toEqual([1000, 1100, 1100, 1250, 800, 800, 1250]);
  expect(await on(lantern, "2026-03-01", { quantity: 10 })).toBe(990);
  expect(await on(mug, "2026-03-10", { currency: "USD", price_list_id: fair.id })).toBe(725);
  // The same file again says nothing new.
  expect((await imported(ctx, "prices", file)).counts).toEqual({ created: 0, unchanged: 5 });
  const { rows } = await sql`select payload ->> 'name' as name, count(*) as n from facts where name = 'product.updated' group by 1 order by 1`.execute(ctx.db); // prettier-ignore
  expect(rows).toEqual([{ name: "Lantern", n: 1 }, { name: "Mug", n: 1 }]); // prettier-ignore
});

test("prices of a file are taken back as one act: every day costs what it did before, but for what was set since", async () => {
  const ctx = (await databaseForTest()).ctx("owner", { at: noon });
  const { lantern, mug, euro, on } = await shop(ctx);
  await setPrice(ctx, { product_id: lantern.id, price_list_id: euro.id, unit_price: 900, valid_from: "2026-01-01" });
  const days = ["2026-01-01", "2026-03-09", "2026-03-10", "2026-04-01", "2026-05-01", "2026-06-01"];
  const before = await Promise.all(days.map((d) => on(lantern, d)));
  const file = "SKU,Price,Valid from,Valid to\nL1,10,2026-03-01,\nL1,11,2026-04-01,\nL1,5,2026-05-01,2026-05-09\nM1,2,2026-01-01,\n";
  const { job } = await imported(ctx, "prices", file);
  expect(await Promise.all(days.map((d) => on(lantern, d)))).toEqual([900, 1000, 1000, 1100, 500, 1100]);
  const since = await setPrice(ctx, { product_id: mug.id, price_list_id: euro.id, unit_price: 300, valid_from: "2026-06-01" }); // prettier-ignore
  const back = await startTakingBack(ctx, job.id);
  while (await workOnce(ctx, [takeBackJob], createLog("silent")));
  expect(await findJob(ctx, back)).toMatchObject({ state: "done", failed: 0, result: { changed: 2 } });
  expect(await Promise.all(days.map((d) => on(lantern, d)))).toEqual(before);
  expect([await on(mug, "2026-05-31"), await on(mug, "2026-06-01")]).toEqual([undefined, 300]);
  expect((await sql`select id from price_entries where product_id = ${mug.id}`.execute(ctx.db)).rows).toEqual([{ id: since }]); // prettier-ignore
}); // prettier-ignore

test("many prices at once come to the same as one after the other", async () => {
  const ctx = (await databaseForTest()).ctx("owner", { at: noon });
  const list = await createRecord(ctx, priceListType, { name: "Euro", currency: "EUR", is_default: true });
  const dayOf = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);
  const wish = fc.record({ who: fc.integer({ min: 0, max: 1 }), from: fc.integer({ min: 0, max: 30 }), days: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }), price: fc.integer({ min: 0, max: 3 }), min_qty: fc.constantFrom("1", "1.0", "10") }); // prettier-ignore
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { maxLength: 9 }), async (wishes) => {
      const make = () => Promise.all([1, 2].map((n) => createRecord(ctx, productType, { name: `Jar ${n}` })));
      const pricesFor = (of: { id: string }[]) => wishes.map((w) => ({ product_id: of[w.who]!.id, price_list_id: list.id, unit_price: w.price, min_qty: w.min_qty, valid_from: dayOf(w.from), valid_to: w.days === null ? null : dayOf(w.from + w.days) })); // prettier-ignore
      const [these, those] = [await make(), await make()];
      const whole = await inTransaction(ctx, (tx) => setPrices(tx, pricesFor(these)));
      const single = [];
      for (const price of pricesFor(those)) single.push(...(await inTransaction(ctx, (tx) => setPrices(tx, [price]))));
      const said = (all: typeof whole) => all.map((a) => (a instanceof Refused ? a.message : a.outcome));
      expect(said(whole)).toEqual(said(single));
      const kept = async (of: { id: string }[]) =>
        (await sql`select array_position(${of.map((p) => p.id)}::uuid[], product_id) as who, min_qty, unit_price, valid_from::text as from, valid_to::text as to, ended_former
                     from price_entries where product_id = any(${of.map((p) => p.id)}) order by 1, 2, 4`.execute(ctx.db)).rows; // prettier-ignore
      expect(await kept(these)).toEqual(await kept(those));
    }),
    { numRuns: 30 },
  );
});
