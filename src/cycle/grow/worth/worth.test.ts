import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { bandsSql, lifecycleConsumer, meetContacts } from "#customers";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx } from "#platform/context";
import { workOnce } from "#platform/jobs";
import { createLog } from "#platform/log";
import { productsFor } from "#convert/catalog";
import { placeOrders } from "#deliver/orders";
import { consumeAll } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { dismiss, offerAgain } from "./recommend.ts";
import { learnJob, nextRunAt, recommendFor, runDue, worthConsumer, worthOf } from "./index.ts";

const now = new Date("2026-11-22T10:00:00Z");
const day = 86_400_000;
const ago = (days: number): Date => new Date(now.getTime() - days * day);

interface Buy {
  who: number;
  what: string;
  days: number;
}

/** Places one order of one piece for each purchase; answers the contacts and products by their names. */
async function shop(ctx: Ctx, buys: readonly Buy[]) {
  return inTransaction(ctx, async (tx) => {
    const people = [...new Set(buys.map((b) => b.who))];
    const met = await meetContacts(
      tx,
      people.map((n) => ({ key: String(n), name: `Buyer ${n}`, email: `buyer${n}@example.com` })),
      { source: "shop" },
    );
    const contactOf = new Map(people.map((n) => [n, met.get(String(n))!.id]));
    const products = await productsFor(
      tx,
      [...new Set(buys.map((b) => b.what))].map((key) => ({ key, name: key })),
    );
    const orders = buys.map((b, i) => ({ id: newId(), number: `T${i}`, contact_id: contactOf.get(b.who)!, account_id: null, currency: "EUR", rate: "1", placed_at: ago(b.days), source: "shop", lines: [{ product_id: products.get(b.what)!, description: b.what, quantity: "1", unit_price: "10" }] })); // prettier-ignore
    await placeOrders(tx, orders as Parameters<typeof placeOrders>[1]);
    return { contactOf, products };
  });
}

async function settle(ctx: Ctx): Promise<void> {
  await consumeAll(ctx, lifecycleConsumer);
  await consumeAll(ctx, worthConsumer);
  for (let at = await nextRunAt(ctx); at && at.getTime() <= ctx.clock().getTime(); at = await nextRunAt(ctx))
    await runDue(ctx);
  while (await workOnce(ctx, [learnJob], createLog("silent")));
}

// Sixty households: all buy coffee; those of an even number also buy filters, every third one a mug.
const households = (n = 60): Buy[] =>
  Array.from({ length: n }, (_, who) => [
    { who, what: "Coffee", days: 100 + (who % 50) },
    ...(who % 2 === 0 ? [{ who, what: "Filters", days: 90 }] : []),
    ...(who % 3 === 0 ? [{ who, what: "Mug", days: 80 }] : []),
  ]).flat();

test("who bought coffee is offered filters, and told of how many that is true", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("agent", { at: now });
  const { contactOf, products } = await shop(ctx, [
    ...households(120),
    { who: 500, what: "Coffee", days: 60 },
    { who: 500, what: "Coffee", days: 30 },
    { who: 500, what: "Coffee", days: 2 },
  ]);
  const ana = contactOf.get(500)!;
  expect((await recommendFor(ctx, { contact_id: ana })).state).toBe("not-yet");
  await settle(ctx);
  const told = await recommendFor(ctx, { contact_id: ana });
  expect(told.state).toBe("learnt");
  expect(told.again).toMatchObject([{ name: "Coffee", times: 3, every_days: 29 }]);
  // 60 of the 121 buyers of coffee bought filters, 40 a mug.
  expect(told.fresh).toMatchObject([
    { name: "Filters", because: "Coffee", both: 60, buyers: 121 },
    { name: "Mug", because: "Coffee", both: 40, buyers: 121 },
  ]);
  await dismiss(ctx, ana, products.get("Filters")!);
  await dismiss(ctx, ana, products.get("Filters")!);
  expect((await recommendFor(ctx, { contact_id: ana })).fresh.map((f) => f.name)).toEqual(["Mug"]);
  await offerAgain(ctx, ana, products.get("Filters")!);
  expect((await recommendFor(ctx, { contact_id: ana })).fresh).toHaveLength(2);
  await sql`update products set status = 'discontinued' where name = 'Filters'`.execute(ctx.db);
  expect((await recommendFor(ctx, { contact_id: ana })).fresh.map((f) => f.name)).toEqual(["Mug"]);
});

test("few buyers are too little to learn from, and Rondo says so", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("agent", { at: now });
  const { contactOf } = await shop(ctx, households(20));
  await settle(ctx);
  expect(await recommendFor(ctx, { contact_id: contactOf.get(1)! })).toMatchObject({ state: "little", fresh: [] });
  expect(await worthOf(ctx)).toMatchObject({ enough: false, ranking: null, band_test: null });
});

test("bands follow the orders, and whoever moves has it on their timeline", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("agent", { at: now });
  const { contactOf } = await shop(ctx, households());
  await settle(ctx);
  const before = await worthOf(ctx);
  expect(before.bands.reduce((n, b) => n + b.customers, 0)).toBe(60);
  expect(before.grid.reduce((n, c) => n + c.customers, 0)).toBe(60);
  const bo = contactOf.get(1)!;
  const later = t.ctx("agent", { at: new Date(now.getTime() + 3_600_000) });
  await inTransaction(later, (tx) =>
    placeOrders(tx, [0, 1, 2].map((i) => ({ id: newId(), number: `B${i}`, contact_id: bo, account_id: null, currency: "EUR", rate: "1", placed_at: ago(i), source: "shop", lines: [{ product_id: null, description: "Tea", quantity: "1", unit_price: "900" }] })) as Parameters<typeof placeOrders>[1]),
  ); // prettier-ignore
  await settle(later);
  const { rows } = await sql<{ band: string; r: number; f: number }>`
    select rfm_band as band, rfm_recency as r, rfm_frequency as f from contacts where id = ${bo}`.execute(ctx.db);
  expect(rows[0]).toEqual({ band: "champion", r: 5, f: 5 });
  const facts = await sql<{ payload: { to: string } }>`select payload from facts where contact_id = ${bo} and name = 'customer.banded'`.execute(ctx.db); // prettier-ignore
  expect(facts.rows.map((f) => f.payload.to)).toEqual(["champion"]);
  // The same again changes nothing and tells nothing.
  const count = async () => (await sql<{ n: number }>`select count(*)::int as n from facts`.execute(ctx.db)).rows[0]!.n;
  const n = await count();
  await sql`update worth_runs set due_at = ${later.clock()}`.execute(ctx.db);
  await settle(later);
  expect(await count()).toBe(n);
});

test("the test on the company's own past finds what was planted in it", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("agent", { at: now });
  // Who bought A before the cutoff buys B after it, as others did before; C is more popular, but with other people.
  const buys: Buy[] = [];
  for (let who = 0; who < 60; who++) buys.push({ who, what: "A", days: 300 }, { who, what: "B", days: 250 });
  for (let who = 100; who < 150; who++) buys.push({ who, what: "A", days: 200 }, { who, what: "B", days: 20 });
  for (let i = 0; i < 12; i++) for (let who = 200; who < 300; who++) buys.push({ who, what: `C${i}`, days: 400 });
  await shop(ctx, buys);
  await settle(ctx);
  const { ranking, band_test } = await worthOf(ctx);
  expect(ranking).toMatchObject({ n: 50, hit_rate: 1, popular_hit_rate: 0 });
  // The fifty who had bought last before the cutoff are those who came again.
  const newest = band_test!.rows.filter((r) => r.what === "recency" && r.band === 5)[0]!;
  expect(newest.bought / newest.n).toBe(1);
});

test("recency and money are even fifths, and frequency never parts those who bought equally often", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const buyer = fc.record({ days: fc.integer({ min: 0, max: 900 }), orders: fc.integer({ min: 1, max: 9 }), paid: fc.integer({ min: 0, max: 50_000 }) }); // prettier-ignore
  await fc.assert(
    fc.asyncProperty(fc.array(buyer, { minLength: 1, maxLength: 80 }), async (buyers) => {
      const rows = buyers.map((b, i) => ({
        id: i,
        last_at: ago(b.days).toISOString(),
        orders: b.orders,
        paid: b.paid,
      }));
      const banded = await sql<{ id: number; r: number; f: number; m: number }>`
        with b as (select * from json_to_recordset(${JSON.stringify(rows)}::json) as x(id int, last_at timestamptz, orders int, paid int)) ${sql.raw(bandsSql("b"))}`.execute(ctx.db); // prettier-ignore
      const of = banded.rows.toSorted((a, b) => a.id - b.id);
      for (const what of ["r", "m"] as const) {
        const sizes = [1, 2, 3, 4, 5].map((n) => of.filter((x) => x[what] === n).length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }
      for (const [i, a] of of.entries())
        for (const [j, b] of of.entries()) {
          if (buyers[i]!.orders === buyers[j]!.orders) expect(a.f).toBe(b.f);
          if (buyers[i]!.orders > buyers[j]!.orders) expect(a.f).toBeGreaterThanOrEqual(b.f);
          if (buyers[i]!.days < buyers[j]!.days) expect(a.r).toBeGreaterThanOrEqual(b.r);
        }
    }),
    { numRuns: 30 },
  );
});
