import fc from "fast-check";
import { expect, test } from "vitest";
import { spread } from "#kernel/money";
import { figuresOf, type LineTerms } from "./figures.ts";

const decimal = (most: number, digits: number) =>
  fc
    .tuple(fc.nat(most), fc.nat(10 ** digits - 1))
    .map(([whole, part]) => `${whole}.${String(part).padStart(digits, "0")}`);
const line: fc.Arbitrary<LineTerms> = fc.record({
  quantity: decimal(500, 3),
  unit_price: decimal(5_000, 3),
  discount_percent: fc.option(fc.integer({ min: 0, max: 1000 }).map((n) => (n / 10).toFixed(1))),
  tax_rate: fc.constantFrom("0", "7", "19", "8.875", "100"),
});
const whole = fc.record({ discount_percent: fc.integer({ min: 0, max: 10_000 }).map((n) => (n / 100).toFixed(2)) });
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

test("parts add up to the whole, nothing is below zero, nothing is discounted twice", () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 30 }),
      whole,
      fc.constantFrom("EUR", "JPY", "BHD"),
      (lines, terms, currency) => {
        const f = figuresOf(lines, terms, currency);
        for (const l of f.lines) {
          expect(l.net).toBe(l.goods - l.discount - l.share);
          expect(Math.min(l.goods, l.discount, l.share, l.net, l.tax)).toBeGreaterThanOrEqual(0);
        }
        expect(sum(f.lines.map((l) => l.share))).toBe(f.whole_discount);
        expect(sum(f.lines.map((l) => l.net))).toBe(f.net);
        expect(f.goods - f.line_discount - f.whole_discount).toBe(f.net);
        expect(sum(f.taxes.map((t) => t.tax))).toBe(f.tax);
        expect(sum(f.lines.map((l) => l.tax))).toBe(f.tax);
        expect(f.net + f.tax).toBe(f.total);
        // Within half a unit of the exact tax of the rounded net, by rate.
        for (const t of f.taxes) expect(Math.abs(t.tax - (t.net * Number(t.rate)) / 100)).toBeLessThanOrEqual(0.5 + 1e-6 * t.tax); // prettier-ignore
      },
    ),
    { numRuns: 300 },
  );
});

test("an amount is spread without a unit lost and nobody gets more than they weigh", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1_000_000), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (weights, part) => {
        const all = sum(weights);
        const amount = Math.floor(all * part);
        const shares = spread(amount, weights);
        expect(sum(shares)).toBe(amount);
        for (const [i, share] of shares.entries()) {
          expect(share).toBeLessThanOrEqual(weights[i]!);
          expect(Math.abs(share - (all && (amount * weights[i]!) / all))).toBeLessThan(1);
        }
      },
    ),
  );
  expect(spread(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(spread(5, [0, 0])).toEqual([0, 0]);
});

test("two machines and a training, five percent off the lot, taxed at two rates", () => {
  const f = figuresOf(
    [
      { quantity: "2", unit_price: "1999.90", discount_percent: "10", tax_rate: "19" },
      { quantity: "1.5", unit_price: "80", tax_rate: "7" },
      { quantity: "1", unit_price: "15", discount_amount: 1500 },
    ],
    { discount_percent: "5" },
    "EUR",
  );
  // 3,999.80 - 399.98 = 3,599.82; 120.00; 0.00: 5 % of 3,719.82 is 185.99.
  expect(f).toMatchObject({ goods: 413_480, line_discount: 41_498, whole_discount: 18_599, net: 353_383 });
  expect(f.lines.map((l) => l.share)).toEqual([17_999, 600, 0]);
  expect(f.taxes).toEqual([{ rate: "19", net: 341_983, tax: 64_977 }, { rate: "7", net: 11_400, tax: 798 }]); // prettier-ignore
  expect(f.total).toBe(419_158);
});

test("a discount beyond what it is taken off is refused by its field", () => {
  const one = { quantity: "1", unit_price: "10" };
  expect(() => figuresOf([{ ...one, discount_amount: 1001 }], {}, "EUR")).toThrow(expect.objectContaining({ fields: [expect.objectContaining({ field: "lines.0.discount_amount" })] })); // prettier-ignore
  expect(() => figuresOf([one], { discount_amount: 1001 }, "EUR")).toThrow(expect.objectContaining({ code: "discount.too-large" })); // prettier-ignore
  expect(figuresOf([one], { discount_amount: 1000 }, "EUR").total).toBe(0);
  expect(() => figuresOf([{ quantity: "1000000000", unit_price: "1000000000000" }], {}, "EUR")).toThrow("too large");
  expect(figuresOf([], {}, "EUR").total).toBe(0);
});
