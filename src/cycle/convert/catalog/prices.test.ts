import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord } from "#records";
import { databaseForTest } from "../../../../test/database.ts";
import { priceFor, priceListType, productType, setPrice } from "./index.ts";
import { productsApi } from "./api.ts";
import { dropPrice } from "./set-price.ts";
import { pricesOf } from "./prices-of.ts";

const noon = new Date("2026-03-10T12:00:00Z");
const jar = async (ctx: Ctx) => {
  const product = await createRecord(ctx, productType, { name: "Jar", price: 250 });
  const list = await createRecord(ctx, priceListType, { name: "Euro", currency: "EUR", is_default: true });
  return { product_id: product.id, price_list_id: list.id };
};

test("a price from a day on ends the former; what was valid before stays as it was", async () => {
  const ctx = (await databaseForTest()).ctx("owner", { at: noon });
  const of = await jar(ctx);
  const at = async (day: string, quantity = 1) =>
    (await priceFor(ctx, { product_id: of.product_id, currency: "EUR", at: day, quantity }))?.unit_price;
  await setPrice(ctx, { ...of, unit_price: 300, valid_from: "2026-03-01" });
  await setPrice(ctx, { ...of, unit_price: 280, valid_from: "2026-03-01", min_qty: "10" });
  await setPrice(ctx, { ...of, unit_price: 330, valid_from: "2026-05-01" });
  expect(await Promise.all(["2026-02-28", "2026-03-01", "2026-04-30", "2026-05-01"].map((d) => at(d)))).toEqual([
    250, 300, 300, 330,
  ]);
  expect(await at("2026-03-05", 10)).toBe(280);
  await setPrice(ctx, { ...of, unit_price: 199, valid_from: "2026-06-01", valid_to: "2026-06-14" });
  expect(await Promise.all(["2026-05-31", "2026-06-01", "2026-06-14", "2026-06-15"].map((d) => at(d)))).toEqual([
    330, 199, 199, 330,
  ]);
  await expect(setPrice(ctx, { ...of, unit_price: 1, valid_from: "2026-06-10" })).rejects.toMatchObject({
    code: "price.overlaps",
  });
  const future = (await pricesOf(ctx, of.product_id)).find((p) => p.valid_from === "2026-06-15")!;
  expect(future.when).toBe("future");
  const now = (await pricesOf(ctx, of.product_id)).find((p) => p.when === "now" && p.min_qty === "1")!;
  await expect(dropPrice(ctx, now.id)).rejects.toMatchObject({ code: "price.valid" });
  await dropPrice(ctx, future.id);
  expect(await at("2026-07-01")).toBe(199);
});

test("a price says where it came from, and no currency is converted silently", async () => {
  const ctx = (await databaseForTest()).ctx("owner", { at: noon });
  const of = await jar(ctx);
  const price = (currency: string) => priceFor(ctx, { product_id: of.product_id, currency });
  expect(await price("EUR")).toMatchObject({ unit_price: 250, from: "product", price_list: null });
  expect(await price("USD")).toBeNull();
  await setPrice(ctx, { ...of, unit_price: 260, valid_from: "2026-01-01" });
  expect(await price("EUR")).toMatchObject({ unit_price: 260, from: "list", price_list: { title: "Euro" } });
  const fair = await createRecord(ctx, priceListType, { name: "Fair", currency: "EUR", valid_to: "2026-03-31" });
  await setPrice(ctx, { ...of, price_list_id: fair.id, unit_price: 200, valid_from: "2026-01-01" });
  expect((await price("EUR"))?.unit_price).toBe(260);
  const named = (at: string) =>
    priceFor(ctx, { product_id: of.product_id, currency: "EUR", price_list_id: fair.id, at });
  expect((await named("2026-03-31"))?.unit_price).toBe(200);
  expect((await named("2026-04-01"))?.unit_price).toBe(260);
  const { setPrice: asked } = productsApi;
  expect(asked.input.safeParse({ id: of.product_id, price_list_id: fair.id, unit_price: -1 }).success).toBe(false);
  expect(asked.input.safeParse({ id: of.product_id, price_list_id: fair.id, unit_price: 1, min_qty: "0" }).success).toBe(false); // prettier-ignore
});

test("another default list of a currency takes the place of the former", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await jar(ctx);
  const make = (name: string) => createRecord(ctx, priceListType, { name, currency: "EUR", is_default: true });
  await make("Euro 2027");
  const both = await Promise.allSettled([make("A"), make("B")]);
  expect(both.filter((b) => b.status === "fulfilled").length).toBeGreaterThan(0);
  const { rows } = await sql<{ n: number }>`select count(*) as n from price_lists where is_default`.execute(ctx.db);
  expect(rows[0]!.n).toBe(1);
});

const dayOf = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);

test("whatever is set, every day has exactly the one price that is valid then", async () => {
  const ctx = (await databaseForTest()).ctx("owner", { at: noon });
  const wish = fc.record({
    from: fc.integer({ min: 0, max: 40 }),
    days: fc.option(fc.integer({ min: 0, max: 12 }), { nil: null }),
    price: fc.integer({ min: 0, max: 9999 }),
  });
  const list = await createRecord(ctx, priceListType, { name: "Euro", currency: "EUR", is_default: true });
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { maxLength: 7 }), async (wishes) => {
      const product = await createRecord(ctx, productType, { name: "Jar" });
      // The walk by days: what each day's price should be, and from when on the open-ended one goes on.
      const days: (number | null)[] = Array.from({ length: 60 }, () => null);
      const owner: (number | null)[] = Array.from({ length: 60 }, () => null);
      let open: { from: number; entry: number } | null = null;
      let entry = 0;
      for (const { from, days: length, price } of wishes) {
        const to = length === null ? 59 : from + length;
        const met = new Set(owner.slice(from, to + 1).filter((o) => o !== null));
        const fits: boolean = met.size === 0 || (met.size === 1 && open !== null && met.has(open.entry) && open.from < from); // prettier-ignore
        const set = setPrice(ctx, {
          product_id: product.id, price_list_id: list.id, unit_price: price, valid_from: dayOf(from),
          valid_to: length === null ? null : dayOf(to),
        }); // prettier-ignore
        if (!fits) {
          await expect(set).rejects.toMatchObject({ code: "price.overlaps" });
          continue;
        }
        await set;
        entry += 1;
        days.fill(price, from, to + 1);
        owner.fill(entry, from, to + 1);
        if (length === null) open = { from, entry };
        else if (met.size > 0) {
          entry += 1;
          owner.fill(entry, to + 1);
          open = { from: to + 1, entry };
        }
      }
      const found = await inTransaction(ctx, async (tx) => {
        const prices: (number | null)[] = [];
        for (const n of days.keys())
          prices.push(
            (await priceFor(tx, { product_id: product.id, currency: "EUR", at: dayOf(n) }))?.unit_price ?? null,
          );
        return prices;
      });
      expect(found).toEqual(days);
    }),
    { numRuns: 25 },
  );
}, 60_000);
