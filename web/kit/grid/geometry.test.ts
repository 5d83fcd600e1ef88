import { expect, test } from "vitest";
import fc from "fast-check";
import { ceiling, reveal, seen } from "./geometry.ts";

test("a short list draws what is seen and a little more", () => {
  const { first, last, height, y } = seen({ rows: 100, row: 36, viewport: 360, top: 720 }, 2);
  expect([first, last, height]).toEqual([18, 32, 3600]);
  expect(y(20)).toBe(720);
});

test("at five million rows the last one can still be reached", () => {
  const scroll = { rows: 5_000_000, row: 36, viewport: 900, top: ceiling - 900 };
  const { last, height, y } = seen(scroll);
  expect(height).toBe(ceiling);
  expect(last).toBe(4_999_999);
  expect(y(last) + 36).toBeCloseTo(ceiling, 0);
});

test("whatever row is revealed is wholly inside what is seen", () => {
  const rows = fc.integer({ min: 30, max: 3_000_000 });
  fc.assert(
    fc.property(
      rows,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, where, target) => {
        const scroll = { rows: n, row: 36, viewport: 720, top: 0 };
        const room = Math.min(n * 36, ceiling) - 720;
        const i = Math.floor(target * (n - 1));
        const before = { ...scroll, top: where * room };
        const after = { ...scroll, top: reveal(before, i) };
        const y = seen(after).y(i);
        expect(y).toBeGreaterThanOrEqual(after.top - 0.5);
        expect(y + 36).toBeLessThanOrEqual(after.top + 720 + 0.5);
      },
    ),
  );
});
