import fc from "fast-check";
import { expect, test } from "vitest";
import { freshCode, plainCode, shownCode } from "./codes.ts";
import { discountFor, mailKey } from "./reckon.ts";

const everything = { products: [], categories: [], limited: false };
const line = (net: number, i: number) => ({ id: `l${i}`, product_id: null, category: i % 2 ? "Jars" : null, net });

test("the parts of a discount add up to it, and no line gets more off than it costs", () => {
  const nets = fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 1, maxLength: 40 });
  const terms = fc.oneof(
    fc.record({ kind: fc.constant("percent" as const), percent: fc.integer({ min: 1, max: 10_000 }).map((n) => String(n / 100)), amount: fc.constant(null) }),
    fc.record({ kind: fc.constant("amount" as const), percent: fc.constant(null), amount: fc.integer({ min: 1, max: 20_000_000 }) }),
  );
  fc.assert(
    fc.property(nets, terms, (sums, promotion) => {
      const lines = sums.map(line);
      const { amount, lines: parts } = discountFor(promotion, lines, everything);
      const all = sums.reduce((a, b) => a + b, 0);
      const due = promotion.kind === "amount" ? Math.min(promotion.amount, all) : (all * Number(promotion.percent)) / 100;
      expect(Math.abs(amount - due)).toBeLessThanOrEqual(0.5 + 1e-6);
      expect(parts.reduce((sum, p) => sum + p.by, 0)).toBe(amount);
      for (const part of parts) expect(part.by).toBeLessThanOrEqual(sums[Number(part.order_line_id.slice(1))]!);
    }),
    { numRuns: 2000 },
  );
}); // prettier-ignore

test("a promotion for a category takes nothing off other lines; one whose goods are gone is for nothing", () => {
  const lines = [1000, 600, 400].map(line);
  const ten = { kind: "percent" as const, percent: "10", amount: null };
  expect(discountFor(ten, lines, { products: [], categories: ["jars"], limited: true })).toEqual({
    amount: 60,
    lines: [{ order_line_id: "l1", by: 60 }],
  });
  expect(discountFor(ten, lines, { products: [], categories: [], limited: true }).amount).toBe(0);
});

test("a made code has ten signs of 32, none of which is taken for another, and is read however it is typed", () => {
  const codes = Array.from({ length: 500 }, freshCode);
  expect(new Set(codes).size).toBe(500);
  for (const code of codes) expect(code).toMatch(/^[A-HJ-NP-Z2-9]{10}$/);
  expect(plainCode(" ab2de – fghjk ")).toBe("AB2DEFGHJK");
  expect(plainCode(shownCode("AB2DEFGHJK").toLowerCase())).toBe("AB2DEFGHJK");
});

test("one mailbox is one customer, where its host says so", () => {
  expect(mailKey("B.o+x@GMail.com")).toBe(mailKey("bo@googlemail.com"));
  expect(mailKey("b.o@vertex.example")).not.toBe(mailKey("bo@vertex.example"));
});
