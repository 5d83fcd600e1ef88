import fc from "fast-check";
import { expect, test } from "vitest";
import { advance } from "./advance.ts";
import { agrees, lotsAgree, type Book, type Spend } from "./book.ts";
import { earn } from "./lots.ts";
import { follow, pointsFor, type Standing } from "./order.ts";
import { expiryOf, usualRules, type Rules } from "./rules.ts";
import { capture, reserve, restore } from "./spend.ts";

const start = Date.UTC(2026, 0, 10, 9);
const on = (days: number): Date => new Date(start + days * 86_400_000);
const rulesWith = (more: Partial<Rules> = {}): Rules => ({ ...usualRules(100), version: 1, expiry: "days", expiry_after: 60, tier_months: 12, ...more }); // prettier-ignore

function bookWith(rules: Rules = rulesWith()): Book {
  return {
    id: "m", contact_id: "c", account_id: null, issued: 0, pending: 0, available: 0, debt: 0, redeemed: 0, expired: 0, tier: null, tier_since: null, evaluate_at: null,
    in_grace: false, tier_fact: null, joined_at: on(0), moved_at: on(-1), lots: [], spends: [], entries: [], tiers: [], told: [], program: { id: "p", zone: "Europe/Berlin" },
    rules, rulesOf: () => rules,
  }; // prettier-ignore
}

/** A paid order over so many euros, of which `back` cents were returned. */
const order = (id: string, euros: number, day: number, more: Partial<Standing> = {}, back = 0): Standing => ({
  id, number: id, contact_id: "c", settled: true, cancelled: false, paid_at: on(day), delivered_at: null, paid: euros * 100, voucher: 0,
  cost: euros * 100 - back, kept: euros * 100 - back, lines: [{ sku: null, net: euros * 100 - back }], ...more,
}); // prettier-ignore

let facts = 0;
const see = (book: Book, standing: Standing, day: number, returnDays = 10): void => {
  advance(book, on(day));
  follow(book, standing, { at: on(day), cause: `f${(facts += 1)}`, currency: "EUR", returnDays });
  advance(book, on(day));
};
const held = (book: Book) => ({ pending: book.pending, available: book.available, debt: book.debt, redeemed: book.redeemed, expired: book.expired, issued: book.issued }); // prettier-ignore
const sound = (book: Book): void => {
  expect(agrees(book)).toBe(true);
  expect(lotsAgree(book)).toBe(true);
  expect(book.entries.every(agrees)).toBe(true);
};

test("thirteen steps: doubles, a refund while pending, soonest first, a debt repaid, and a cancelled spend whose lot had expired", () => {
  const book = bookWith();
  const step = (act: () => unknown, now: Partial<ReturnType<typeof held>>): void => {
    act();
    sound(book);
    expect(held(book)).toMatchObject(now);
  };
  let voucher: Spend;
  // 1 An order of 100 is paid: 100 points, pending.
  step(() => see(book, order("A", 100, 0), 0), { pending: 100, available: 0, issued: 100 });
  // 2 The same fact again.
  step(() => see(book, order("A", 100, 0), 0), { pending: 100, issued: 100 });
  // 3 It is delivered: the window counts from there.
  step(() => see(book, order("A", 100, 0, { delivered_at: on(3) }), 3), { pending: 100 });
  // 4 Delivered twice changes nothing.
  step(() => see(book, order("A", 100, 0, { delivered_at: on(3) }), 4), { pending: 100 });
  expect(book.lots[0]!.active_at).toEqual(on(13));
  // 5 A part of 20.50 comes back while pending: floor(79.50) stays.
  step(() => see(book, order("A", 100, 0, { delivered_at: on(3) }, 2050), 5), { pending: 79, issued: 79 });
  // 6 The window ends.
  step(() => advance(book, on(13)), { pending: 0, available: 79 });
  // 7 Another order, active ten days later, expires later.
  step(() => see(book, order("B", 50, 20), 20), { pending: 50, available: 79 });
  step(() => advance(book, on(30)), { pending: 0, available: 129 });
  // 8 100 are spent: all of A first, as it expires sooner, then 21 of B.
  step(() => (voucher = reserve(book, { key: "v", points: 100, at: on(31), until: on(200), reason: "Voucher" })), { available: 29, redeemed: 100 }); // prettier-ignore
  expect(voucher!.allocations.map((a) => a.points)).toEqual([79, 21]);
  // 9 All of A comes back after it was spent: 29 of B are taken, 50 are owed.
  step(() => see(book, order("A", 100, 0, { delivered_at: on(3), cost: 0, kept: 0, lines: [] }), 40), { available: 0, debt: -50, issued: 50 }); // prettier-ignore
  expect(() => reserve(book, { key: "w", points: 1, at: on(40), until: on(50), reason: "x" })).toThrow(/owed/);
  // 10 A third order of 20: repays 20 when it becomes active, and 30 are owed still.
  step(() => see(book, order("C", 20, 41), 41), { pending: 20, debt: -50 });
  step(() => advance(book, on(51)), { pending: 0, available: 0, debt: -30 });
  // 11 A fourth one of 40 repays the 30; ten can be spent.
  step(() => see(book, order("D", 40, 55), 55), { pending: 40, debt: -30 });
  step(() => advance(book, on(65)), { available: 10, debt: 0 });
  // 12 The day of A's lot is over: it is empty, so nothing expires.
  step(() => advance(book, on(75)), { available: 10, expired: 0 });
  // 13 The spend is cancelled: A's 79 expired meanwhile, B's 21 come back with their old day.
  step(() => restore(book, voucher, { points: 100, at: on(76), reason: "cancelled", cause: null, release: true }), { available: 31, redeemed: 0, expired: 79 }); // prettier-ignore
  step(() => advance(book, on(400)), { available: 0, expired: 110, pending: 0, debt: 0, issued: 110 });
  // Nothing was forgotten: the journal's sums are the accounts.
  expect(book.entries.reduce((sum, e) => sum + e.expired, 0)).toBe(110);
});

test("points of postage, of what a voucher paid, and below one whole point are not given", () => {
  const rules = rulesWith();
  const paid = order("A", 30, 0, { lines: [{ sku: "post", net: 500 }, { sku: "JAR", net: 2499 }] }); // prettier-ignore
  expect(pointsFor(paid, rules, "EUR")).toBe(24);
  expect(pointsFor({ ...order("B", 30, 0), voucher: 500 }, rules, "EUR")).toBe(25);
  expect(pointsFor({ ...order("B", 30, 0), voucher: 500, kept: 1500 }, rulesWith({ burn_refund: "none" }), "EUR")).toBe(10); // prettier-ignore
  // A third kept of 300 is exactly 100.
  expect(pointsFor({ ...order("C", 300, 0), kept: 10_000 }, rules, "EUR")).toBe(100);
});

test("a month after the 31st is the last day of the month, and ends at midnight in the programme's zone", () => {
  const rules = rulesWith({ expiry: "months", expiry_after: 1 });
  expect(expiryOf(rules, "Europe/Berlin", new Date("2026-01-31T12:00:00Z"))).toEqual(new Date("2026-02-28T23:00:00Z"));
  // The clocks go forward on 29 March.
  expect(expiryOf(rules, "Europe/Berlin", new Date("2026-02-28T12:00:00Z"))).toEqual(new Date("2026-03-28T23:00:00Z"));
  expect(expiryOf(rulesWith({ expiry: "days", expiry_after: 1 }), "Europe/Berlin", new Date("2026-03-28T12:00:00Z"))).toEqual(new Date("2026-03-29T22:00:00Z")); // prettier-ignore
});

test("a refund of what points paid follows the policy of its version", () => {
  for (const [burn_refund, half, all] of [["none", 100, 100], ["full_only", 100, 0], ["proportional", 50, 0]] as const) {
    const book = bookWith(rulesWith({ burn_refund }));
    earn(book, { key: "g", points: 100, at: on(0), active_at: on(0), source: "grant", qualifies: true });
    advance(book, on(1));
    const spend = reserve(book, { key: "s", points: 100, at: on(1), until: on(9), reason: "Voucher" });
    capture(book, spend, { order_id: "A", number: "A", at: on(2) });
    // Paid wholly by the voucher, it earns nothing.
    const full = order("A", 5, 2, { voucher: 500 });
    see(book, full, 2);
    see(book, { ...full, kept: 250, cost: 250 }, 3);
    expect(book.redeemed).toBe(half);
    see(book, { ...full, kept: 0, cost: 0, lines: [] }, 4);
    expect(book.redeemed).toBe(all);
    sound(book);
  }
}); // prettier-ignore

test("a tier is reached at once, kept over spending and expiry, given a grace, and lost one step at a time", () => {
  const book = bookWith(rulesWith({ tiers: [{ name: "Bronze", points: 50 }, { name: "Silver", points: 100 }], grace_days: 30 })); // prettier-ignore
  earn(book, { key: "a", points: 120, at: on(0), active_at: on(0), source: "grant", qualifies: true });
  advance(book, on(1));
  expect(book.tier).toBe("Silver");
  reserve(book, { key: "s", points: 60, at: on(2), until: on(5000), reason: "Voucher" });
  advance(book, on(364));
  expect([book.tier, book.expired]).toEqual(["Silver", 60]);
  advance(book, on(366));
  expect([book.tier, book.in_grace]).toEqual(["Silver", true]);
  advance(book, on(396));
  expect(book.tier).toBe("Bronze");
  advance(book, on(396 + 365 + 31));
  expect(book.tier).toBeNull();
  expect(book.tiers.map((t) => t.reason)).toEqual(["reached", "grace", "lost", "grace", "lost"]);
  const told = book.told.filter((f) => f.name.startsWith("tier"));
  expect(told.map((f) => f.caused_by === null)).toEqual([false, false, false]);
});

type Step =
  | { do: "order"; id: number; euros: number; back: number; cancelled: boolean; delivered: boolean; voucher: number }
  | { do: "grant"; points: number }
  | { do: "reserve"; points: number; ttl: number }
  | { do: "capture" | "cancel"; spend: number; order: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("order" as const), id: fc.nat(2), euros: fc.integer({ min: 1, max: 300 }), back: fc.nat(100), cancelled: fc.integer({ min: 0, max: 9 }).map((n) => n === 0), delivered: fc.boolean(), voucher: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("grant" as const), points: fc.integer({ min: 1, max: 200 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("reserve" as const), points: fc.integer({ min: 1, max: 60 }), ttl: fc.integer({ min: 1, max: 90 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("capture" as const, "cancel" as const), spend: fc.nat(5), order: fc.nat(4) }) },
); // prettier-ignore

function perform(book: Book, s: Step, day: number, at: (days: number) => Date): void {
  if (s.do === "grant") return void earn(book, { key: `g${book.entries.length}`, points: s.points, at: at(day), active_at: at(day + (s.points % 7)), source: "grant", qualifies: true }); // prettier-ignore
  if (s.do === "reserve") {
    // Often all there is, so that what is taken back later is owed.
    const points = s.points > 30 ? Math.max(1, book.available) : s.points;
    const act = () => reserve(book, { key: `s${book.entries.length}`, points, at: at(day), until: at(day + s.ttl), reason: "r" });
    if (book.debt < 0 || book.available < points) expect(act).toThrow();
    else act();
    return;
  } // prettier-ignore
  if (s.do === "order") {
    const gone = Math.floor(s.euros * s.back);
    const standing = order(`o${s.id}`, s.euros, day, { cancelled: s.cancelled, settled: !s.cancelled, voucher: s.voucher, delivered_at: s.delivered ? at(day) : null }, gone);
    return follow(book, standing, { at: at(day), cause: `f${(facts += 1)}`, currency: "EUR", returnDays: 3 });
  } // prettier-ignore
  const spend = book.spends.filter((x) => x.state === "held")[s.spend];
  if (!spend) return;
  if (s.do === "capture") return capture(book, spend, { order_id: `o${s.order}`, number: "n", at: at(day) });
  restore(book, spend, { points: spend.points - spend.restored, at: at(day), reason: "cancelled", cause: null, release: true }); // prettier-ignore
}

const often = (n: number): boolean => n > 20;

test("whatever happens, in whatever order and however often, both identities hold and no key comes twice", () => {
  let [debts, expiries, restored] = [0, 0, 0];
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.nat(15)), { maxLength: 40 }), fc.constantFrom("debt" as const, "other_lots_then_debt" as const), fc.constantFrom("none" as const, "proportional" as const, "full_only" as const), fc.boolean(), (steps, refund, burn_refund, late) => {
      const book = bookWith(rulesWith({ refund, burn_refund, expiry_after: 60 }));
      let day = 0;
      for (const [one, days] of steps) {
        day += days;
        // What comes late is dated before what was written already.
        advance(book, on(day));
        perform(book, one, late ? Math.max(0, day - 12) : day, on);
        sound(book);
        const before = JSON.stringify(book);
        if (one.do === "order" && !late) perform(book, one, day, on);
        if (one.do === "order" && !late) expect(JSON.stringify(book)).toBe(before);
        if (book.debt < 0) debts++;
      }
      advance(book, on(day + 800));
      sound(book);
      expect(new Set(book.entries.map((e) => e.key)).size).toBe(book.entries.length);
      expect(book.pending).toBe(0);
      if (book.expired > 0) expiries++;
      if (book.spends.some((s) => s.restored > 0)) restored++;
    }),
    { numRuns: 400 },
  );
  expect({ debts, expiries, restored }).toEqual({ debts: expect.toSatisfy(often), expiries: expect.toSatisfy(often), restored: expect.toSatisfy(often) });
}); // prettier-ignore
