import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { meetContacts } from "#customers";
import { placeOrders } from "#deliver/orders";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx } from "#platform/context";
import { workOnce } from "#platform/jobs";
import { createLog } from "#platform/log";
import { consumeAll } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { meet } from "../../../../test/world.ts";
import { aheadOf, fitBuying, fitSpending, learn, learnAnew, learnJob, learnSoon, modelTold, ordersAhead, ordersOfNew, predictionConsumer, predictionOf, runDue, seesGoing, stillThere, worthOfOrder, type History, type Past } from "./index.ts"; // prettier-ignore

const day = (text: string): number => Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6, 8))) / 86_400_000; // prettier-ignore

/** The CDNOW sample of examples/: histories until a day, and what came after it; money in dollars. */
function cdnow(until: string): Past[] {
  const byCustomer = new Map<string, Map<number, number>>();
  for (const line of readFileSync(join(import.meta.dirname, "../../../../examples/cdnow/CDNOW_sample.txt"), "utf8").trim().split("\n")) {
    const [, id, at, , worth] = line.trim().split(/\s+/) as [string, string, string, string, string];
    const days = byCustomer.get(id) ?? new Map<number, number>();
    byCustomer.set(id, days.set(day(at), (days.get(day(at)) ?? 0) + Number(worth)));
  }
  const end = day(until);
  return [...byCustomer.values()].map((days) => {
    const [first, ...more] = [...days.keys()].filter((d) => d <= end).toSorted((a, b) => a - b);
    const later = [...days.keys()].filter((d) => d > end);
    const sum = (some: number[]): number => some.reduce((s, d) => s + days.get(d)!, 0);
    return { again: more.length, last: ((more.at(-1) ?? first!) - first!) / 7, age: (end - first!) / 7, each: more.length ? sum(more) / more.length : 0, later: later.length, laterWorth: sum(later) };
  });
} // prettier-ignore

const past = cdnow("19970930");

test("on CDNOW both models are those of the papers, to three digits", () => {
  const buying = fitBuying(past);
  // Fader, Hardie and Lee 2005, table 2: .243, 4.414, .793, 2.426, log-likelihood -9582.4.
  expect(buying).toMatchObject({ r: expect.closeTo(0.2426, 3), alpha: expect.closeTo(4.4135, 2), a: expect.closeTo(0.7929, 2), b: expect.closeTo(2.4258, 1) });
  expect(Math.abs(buying.likelihood + 9582.43)).toBeLessThan(0.01);
  const one = { again: 2, last: 30.43, age: 38.86 };
  expect([stillThere(buying, one), ordersAhead(buying, one, 39), ordersOfNew(buying, 39), ordersOfNew(buying, 78)]).toEqual([0.7266, 1.2259, 1.195, 1.858].map((n) => expect.closeTo(n, 3)));
  expect(seesGoing(buying)).toBe(true);
  // Gamma-Gamma, lifetimes' own test: 6.25, 3.74, 15.45; the first two who ordered again: 24.66 and 18.91.
  const spending = fitSpending(past);
  expect(spending).toMatchObject({ n: 946, p: expect.closeTo(6.25, 1), q: expect.closeTo(3.744, 1), gamma: expect.closeTo(15.44, 0) });
  expect(worthOfOrder(spending, { again: 2, each: 22.35 })).toBeCloseTo(24.66, 1);
  expect(worthOfOrder(spending, { again: 0, each: 0 })).toBeCloseTo(35.17, 1);
}); // prettier-ignore

test("tested on the 39 weeks after, it beats going on as before; where nobody's past tells anything, nothing is said", () => {
  const learnt = learn(cdnow("19980630"), past, 39);
  expect(learnt).toMatchObject({ verdict: "good", customers: 2357, test: { n: 2357, happened: 1882, said: expect.closeTo(1653.4, -1), error: expect.closeTo(1.608, 2), error_as_before: expect.closeTo(2.212, 2) } });
  expect(learnt.test!.covered).toBeGreaterThan(0.75);
  expect(learn(past.slice(0, 60), past.slice(0, 60), 39)).toMatchObject({ verdict: "little", model: null, test: null });
  // Customers with a standing order every four weeks: going on as before is right to the order, and no model may be put above it.
  const clockwork = Array.from({ length: 300 }, (_, i): Past => ({ again: 5 + (i % 7), last: 4 * (5 + (i % 7)), age: 4 * (5 + (i % 7)), each: 50, later: i % 7 === 0 ? 0 : 10, laterWorth: i % 7 === 0 ? 0 : 500 }));
  expect(learn(clockwork, clockwork, 40).verdict).not.toBe("little");
  const steady = fitBuying(clockwork);
  expect(seesGoing(steady)).toBe(false);
}); // prettier-ignore

test("whatever the past, what is said of the future is possible: more after more orders, less after a longer silence, and inside its interval's reach", () => {
  const model = { buying: fitBuying(past), spending: fitSpending(past) };
  const history = fc.record({ again: fc.integer({ min: 0, max: 60 }), last: fc.double({ min: 0, max: 200, noNaN: true }), silent: fc.double({ min: 0, max: 200, noNaN: true }), each: fc.double({ min: 1, max: 500, noNaN: true }) });
  fc.assert(
    fc.property(history, fc.double({ min: 0.1, max: 104, noNaN: true }), ({ again, last, silent, each }, weeks) => {
      const one: History = again === 0 ? { again, last: 0, age: last + silent, each: 0 } : { again, last, age: last + silent, each };
      const orders = ordersAhead(model.buying, one, weeks);
      expect(orders).toBeGreaterThan(0);
      expect(ordersAhead(model.buying, one, weeks * 2)).toBeGreaterThan(orders);
      if (again > 0) expect(stillThere(model.buying, { ...one, age: one.age + 10 })).toBeLessThanOrEqual(stillThere(model.buying, one));
      const { value, low, high } = aheadOf(model, [one], "seed", weeks, 60);
      expect(low).toBeLessThanOrEqual(high);
      expect(value).toBeGreaterThan(0);
      expect(aheadOf(model, [one], "seed", weeks, 60)).toEqual({ ...aheadOf(model, [one], "seed", weeks, 60) });
    }),
    { numRuns: 60 },
  );
  const bo: History = { again: 10, last: 36, age: 38, each: 40 };
  const said = aheadOf(model, [bo], "bo", 52);
  expect(said.low).toBeLessThan(said.value);
  expect(said.high).toBeGreaterThan(said.value);
}); // prettier-ignore

/** The first of the CDNOW sample as customers of the company, with their orders; answers their ids by their place in the file. */
async function sell(ctx: Ctx, customers: number): Promise<string[]> {
  const orders = new Map<string, [string, number][]>();
  for (const line of readFileSync(join(import.meta.dirname, "../../../../examples/cdnow/CDNOW_sample.txt"), "utf8").trim().split("\n")) {
    const [, id, at, , worth] = line.trim().split(/\s+/) as [string, string, string, string, string];
    if (orders.size < customers || orders.has(id)) orders.set(id, [...(orders.get(id) ?? []), [`${at.slice(0, 4)}-${at.slice(4, 6)}-${at.slice(6, 8)}T10:00:00Z`, Number(worth)]]);
  }
  return inTransaction(ctx, async (tx) => {
    const met = await meetContacts(tx, [...orders.keys()].map((id) => ({ key: id, name: `Customer ${id}`, email: `c${id}@cdnow.example` })), { source: "shop" });
    const ids = [...orders.keys()].map((id) => met.get(id)!.id);
    const placed = [...orders.values()].flatMap((some, i) => some.filter(([, worth]) => worth > 0).map(([at, worth], k) => ({ id: newId(), number: `C${i}-${k}`, contact_id: ids[i]!, account_id: null, currency: "EUR", rate: "1", placed_at: new Date(at), source: "shop", lines: [{ product_id: null, description: "CDs", quantity: "1", unit_price: String(Math.round(worth * 100)) }] })));
    await placeOrders(tx, placed as Parameters<typeof placeOrders>[1]);
    return ids;
  });
} // prettier-ignore

const learnNow = async (ctx: Ctx): Promise<boolean> => {
  await consumeAll(ctx, predictionConsumer);
  await runDue(ctx);
  return workOnce(ctx, [learnJob], createLog("silent"));
};

test("orders make the model due, a job learns it, and what is expected of a customer stands on their page with its interval", async () => {
  const t = await databaseForTest();
  const young = t.ctx("owner", { at: new Date("1997-02-01T10:00:00Z") });
  expect(await modelTold(young)).toMatchObject({ state: "not-yet", due_at: null });
  const ctx = t.ctx("owner", { at: new Date("1998-06-30T20:00:00Z") });
  const ids = await sell(ctx, 700);
  await consumeAll(young, predictionConsumer);
  expect(await modelTold(young)).toMatchObject({ state: "not-yet", due_at: "1997-02-01T10:00:00.000Z" });
  expect(await predictionOf(young, { contact_id: ids[0]! })).toMatchObject({ state: "not-yet", ahead: null });
  // A month after the first order of all there is no past to test on: it says so.
  expect(await learnNow(young)).toBe(true);
  expect(await modelTold(young)).toMatchObject({ state: "little", test: null });
  expect(await predictionOf(young, { contact_id: ids[0]! })).toMatchObject({ state: "little", ahead: null });
  expect(await learnNow(young)).toBe(false);

  await inTransaction(ctx, learnSoon);
  expect(await learnNow(ctx)).toBe(true);
  const told = await modelTold(ctx);
  expect(told).toMatchObject({ state: "good", due_at: null, sees_going: true });
  expect(told.customers).toBeGreaterThan(650);
  expect(told.test!.error).toBeLessThan(told.test!.error_as_before);
  // The first of the file ordered four times, the last time a year ago.
  const first = await predictionOf(ctx, { contact_id: ids[0]! });
  expect(first.ahead!.low).toBeLessThanOrEqual(first.ahead!.value);
  expect(first.ahead!.high).toBeGreaterThan(first.ahead!.value);
  expect(first.still_there).toBeGreaterThan(0);
  expect(first.still_there).toBeLessThan(1);
  // Somebody who ordered a month ago is expected to order more than somebody of the same number of orders who has long been silent; of who ordered once nobody says that they are there.
  const all = await Promise.all(ids.slice(0, 200).map((contact_id) => predictionOf(ctx, { contact_id })));
  expect(all.filter((one) => one.still_there === null).length).toBeGreaterThan(80);
  expect(await predictionOf(ctx, { contact_id: (await meet(ctx, "bo")).id })).toMatchObject({ state: "none", ahead: null });
  // When all these customers are gone for good, nothing of them goes on being said.
  await inTransaction(ctx, learnAnew);
  expect(await modelTold(ctx)).toMatchObject({ state: "not-yet", tests: [], due_at: "1998-06-30T20:00:00.000Z" });
}); // prettier-ignore
