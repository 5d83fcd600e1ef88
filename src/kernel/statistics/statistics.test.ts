import fc from "fast-check";
import { expect, test } from "vitest";
import * as s from "../statistics.ts";

const near = (value: number, wanted: number, digits = 5): void => expect(value).toBeCloseTo(wanted, digits);

test("the normal and Student's t are those of the tables", () => {
  near(s.normalCdf(1.96), 0.9750021048517795, 12);
  near(s.normalCdf(-3), 0.0013498980316300933, 14);
  expect(s.normalCdf(-10) / 7.619853024160527e-24).toBeCloseTo(1, 8);
  near(s.normalQuantile(0.975), 1.959963984540054, 10);
  near(s.normalQuantile(0.0001), -3.719016485455709, 9);
  near(s.studentQuantile(0.975, 10), 2.228138851964939, 8);
  near(s.studentQuantile(0.975, 1), 12.706204736432095, 6);
  near(s.studentCdf(2, 5), 0.9490302605850709, 10);
  near(s.studentQuantile(0.975, 1e6), s.normalQuantile(0.975), 4);
});

test("shares have the intervals of Wilson and Newcombe", () => {
  const some = s.wilson({ k: 15, n: 100 });
  near(some.low, 0.09306);
  near(some.high, 0.23284);
  expect(s.wilson({ k: 0, n: 20 }).low).toBe(0);
  near(s.wilson({ k: 0, n: 20 }).high, 0.16113);
  expect(s.wilson({ k: 0, n: 0 })).toMatchObject({ low: 0, high: 1 });
  // Newcombe 1998, table II (a): 56/70 against 48/80.
  const difference = s.newcombe({ k: 56, n: 70 }, { k: 48, n: 80 });
  near(difference.value, 0.2);
  near(difference.low, 0.0524, 4);
  near(difference.high, 0.3339, 4);
});

test("means are compared as Welch does, and one giant does not decide", () => {
  // Student's sleep data, as R's t.test gives it.
  const x = s.summed([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]);
  const y = s.summed([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);
  const w = s.welch(x, y);
  near(w.p, 0.07939, 5);
  near(w.freedom, 17.776, 3);
  near(w.low, -3.3654832, 6);
  near(w.high, 0.2054832, 6);
  expect(s.winsorised([...Array.from({ length: 99 }, () => 1), 1_000_000], 0.99)).toEqual(Array.from({ length: 100 }, () => 1)); // prettier-ignore
  expect(s.welch(s.summed([1]), s.summed([1, 2]))).toMatchObject({ low: -Infinity, high: Infinity });
});

test("the people that a difference takes are known before", () => {
  expect(s.peopleForShares(0.1, 0.12)).toBe(3839);
  expect(s.peopleForShares(0.1, 0.1)).toBe(Infinity);
  expect(s.peopleForMeans(10, 5)).toBe(63);
  expect(s.splitDiffers(5000, 5000, 0.5)).toBe(1);
  expect(s.splitDiffers(5300, 4700, 0.5)).toBeLessThan(0.001);
  expect(s.splitDiffers(805, 195, 0.8)).toBeGreaterThan(0.3);
});

test("an interval holds its share, and turning the question turns the answer", () => {
  const some = fc.integer({ min: 1, max: 2000 }).chain((n) => fc.record({ n: fc.constant(n), k: fc.integer({ min: 0, max: n }) })); // prettier-ignore
  fc.assert(
    fc.property(some, some, (a, b) => {
      const w = s.wilson(a);
      expect(w.low).toBeLessThanOrEqual(w.value + 1e-12);
      expect(w.high).toBeGreaterThanOrEqual(w.value - 1e-12);
      const turned = s.newcombe(b, a);
      const d = s.newcombe(a, b);
      near(turned.low, -d.high, 9);
      near(turned.high, -d.low, 9);
      expect(d.low).toBeGreaterThanOrEqual(-1 - 1e-9);
      expect(d.high).toBeLessThanOrEqual(1 + 1e-9);
    }),
  );
});

test("of 2,000 simulated trials about 95 % of the intervals hold the truth", () => {
  // A small generator of our own (mulberry32), so that the trials are the same at every run.
  let state = 20261122;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const count = (n: number, p: number): number => Array.from({ length: n }, random).filter((r) => r < p).length;
  let held = 0;
  for (let i = 0; i < 2000; i++) {
    const d = s.newcombe({ k: count(150, 0.3), n: 150 }, { k: count(150, 0.2), n: 150 });
    if (d.low <= 0.1 && d.high >= 0.1) held++;
  }
  expect(held / 2000).toBeGreaterThan(0.935);
  expect(held / 2000).toBeLessThan(0.965);
});
