import fc from "fast-check";
import { expect, test } from "vitest";
import { csatOf, isSignificant, npsOf, zOfCsat, zOfNps } from "./figures.ts";

const of = (promoters: number, passives: number, detractors: number) => npsOf(new Map([[10, promoters], [7, passives], [3, detractors]])); // prettier-ignore

test("half promoters and a fifth detractors of 400 are 30, give or take 7.65", () => {
  const nps = of(200, 120, 80);
  expect(nps).toMatchObject({ n: 400, promoters: 200, passives: 120, detractors: 80, value: 30 });
  expect(nps.margin).toBeCloseTo(7.65, 2);
});

test("from 30 to 20 with 400 answers each is chance: z is 1.789", () => {
  const z = zOfNps(of(176, 128, 96), of(200, 120, 80));
  expect(z).toBeCloseTo(-1.789, 3);
  expect(isSignificant(z)).toBe(false);
  expect(isSignificant(zOfNps(of(880, 640, 480), of(1000, 600, 400)))).toBe(true);
});

test("the bands are 0 to 6, 7 and 8, 9 and 10; what is no score is no answer", () => {
  const each = new Map(Array.from({ length: 11 }, (_, score) => [score, 1]));
  expect(npsOf(each)).toMatchObject({ n: 11, detractors: 7, passives: 2, promoters: 2 });
  expect(npsOf(new Map([...each, [11, 50], [-1, 50]]))).toEqual(npsOf(each));
  expect(npsOf(new Map())).toMatchObject({ n: 0, value: null, margin: null });
  expect(of(5, 0, 0)).toMatchObject({ value: 100, margin: 0 });
});

test("15 satisfied of 100 are 15 %, between 9.306 and 23.284; the mean is kept, too", () => {
  const csat = csatOf(new Map([[5, 10], [4, 5], [1, 85]])); // prettier-ignore
  expect(csat.share!.value).toBe(0.15);
  expect(csat.share!.low).toBeCloseTo(0.09306, 5);
  expect(csat.share!.high).toBeCloseTo(0.23284, 5);
  expect(csat.mean).toBeCloseTo(1.55, 10);
  expect(csatOf(new Map([[0, 9], [6, 9]]))).toEqual({ n: 0, satisfied: 0, share: null, mean: null }); // prettier-ignore
  expect(zOfCsat({ n: 0, satisfied: 0 }, csat)).toBe(0);
});

const split = fc.tuple(fc.nat(500), fc.nat(500), fc.nat(500)).filter(([a, b, c]) => a + b + c > 0);

test("the score is the mean of +100, 0 and -100 and its margin that mean's standard error", () => {
  fc.assert(
    fc.property(split, ([p, m, d]) => {
      const nps = of(p, m, d);
      const each = [...Array<number>(p).fill(100), ...Array<number>(m).fill(0), ...Array<number>(d).fill(-100)];
      const mean = each.reduce((sum, x) => sum + x, 0) / each.length;
      const variance = each.reduce((sum, x) => sum + (x - mean) ** 2, 0) / each.length;
      expect(nps.value).toBeCloseTo(mean, 8);
      expect(nps.margin).toBeCloseTo(1.96 * Math.sqrt(variance / each.length), 6);
      expect(Math.abs(nps.value!)).toBeLessThanOrEqual(100);
    }),
    { numRuns: 60 },
  );
});

test("a difference seen from the other side is its opposite, and more answers never make it smaller", () => {
  fc.assert(
    fc.property(split, split, ([p, m, d], [q, k, e]) => {
      const [x, y] = [of(p, m, d), of(q, k, e)];
      expect(zOfNps(x, y)).toBeCloseTo(-zOfNps(y, x), 10);
      expect(Math.abs(zOfNps(of(p * 4, m * 4, d * 4), of(q * 4, k * 4, e * 4)))).toBeGreaterThanOrEqual(Math.abs(zOfNps(x, y)) - 1e-9); // prettier-ignore
    }),
  );
});
