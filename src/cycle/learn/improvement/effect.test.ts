import { expect, test } from "vitest";
import { armsOf, differenceOfDifferences, effectOf, requiredFor, splitOf, verdictOf, type Arm } from "./effect.ts";
import type { Metric, Plan } from "./plan.ts";

const share: { metric: Metric } = { metric: { kind: "share", fact: "case.opened", days: 30 } };
const money: { metric: Metric } = { metric: { kind: "money", fact: "order.paid", days: 30 } };
// A small generator of our own (mulberry32), so that the trials are the same at every run.
const luckFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};
const shares = (n: number, k: number): number[] => Array.from({ length: n }, (_, i) => (i < k ? 1 : 0));
const armed = (plan: { metric: Metric }, a: number[], b: number[]): [Arm, Arm] =>
  armsOf(plan, { name: "treated", figures: a, waiting: 0 }, { name: "held", figures: b, waiting: 0 });

test("of 1,000 simulated trials about 95 % of the intervals hold the true effect: of shares, of money, of relative change", () => {
  const random = luckFrom(7);
  const flip = (n: number, p: number): number[] => Array.from({ length: n }, () => (random() < p ? 1 : 0));
  const spend = (n: number, scale: number): number[] => Array.from({ length: n }, () => (random() < 0.5 ? 0 : -scale * Math.log(1 - 0.99 * random())));
  // The mean of what spend gives, by the integral of its quantile over (0, 1), half of it zero.
  const meanOf = (scale: number): number => {
    const steps = 200_000;
    let sum = 0;
    for (let i = 0; i < steps; i++) sum += -scale * Math.log(1 - (0.99 * (i + 0.5)) / steps);
    return sum / steps / 2;
  };
  const held = { share: 0, relative: 0, money: 0 };
  const trueMoney = meanOf(1200) - meanOf(1000);
  for (let i = 0; i < 1000; i++) {
    const e = effectOf(share, armed(share, flip(400, 0.09), flip(400, 0.15)))!;
    if (e.low <= -0.06 && e.high >= -0.06) held.share++;
    if (e.relative && e.relative.low <= -0.4 && e.relative.high >= -0.4) held.relative++;
    const m = effectOf(money, armed(money, spend(150, 1200), spend(150, 1000)))!;
    if (m.low <= trueMoney && m.high >= trueMoney) held.money++;
  }
  for (const [what, n] of Object.entries(held)) {
    expect(n / 1000, what).toBeGreaterThan(0.93);
    expect(n / 1000, what).toBeLessThan(0.97);
  }
}); // prettier-ignore

test("without an effect a trial at full size proves one in about one of twenty, split between worked and worse", () => {
  const random = luckFrom(11);
  const flip = (n: number): number[] => Array.from({ length: n }, () => (random() < 0.2 ? 1 : 0));
  const seen: Record<string, number> = {};
  for (let i = 0; i < 1000; i++) {
    const arms = armed(share, flip(300), flip(300));
    const { verdict } = verdictOf({ better: "lower", effectAt: (c) => effectOf(share, arms, c), n: [300, 300], required: [290, 290], due: true, broken: false, looksBefore: 0 });
    seen[verdict!] = (seen[verdict!] ?? 0) + 1;
  }
  expect(seen.no_effect! / 1000).toBeGreaterThan(0.93);
  expect(seen.worked! + seen.worse!).toBeLessThan(70);
  expect(seen.worked).toBeGreaterThan(5);
  expect(seen.worse).toBeGreaterThan(5);
}); // prettier-ignore

test("the rule: nothing before the review, too early below the size, proved only as surely as it was looked often", () => {
  const judge = (a: [number, number], b: [number, number], more: Partial<Parameters<typeof verdictOf>[0]> = {}) => {
    const arms = armed(share, shares(...a), shares(...b));
    const { verdict, rule } = verdictOf({ better: "lower", effectAt: (c) => effectOf(share, arms, c), n: [a[0], b[0]], required: [500, 500], due: true, broken: false, looksBefore: 0, ...more });
    return [verdict, rule];
  };
  expect(judge([500, 25], [500, 75])).toEqual(["worked", "proved"]);
  expect(judge([500, 75], [500, 25])).toEqual(["worse", "proved"]);
  expect(judge([500, 75], [500, 25], { better: "higher" })).toEqual(["worked", "proved"]);
  expect(judge([500, 50], [500, 52])).toEqual(["no_effect", "none"]);
  expect(judge([500, 25], [500, 75], { due: false })).toEqual([null, "interim"]);
  expect(judge([500, 25], [500, 75], { broken: true })).toEqual([null, "split"]);
  // 95 % sure, and not 99.9 %: enough once, at full size.
  expect(judge([500, 40], [500, 62])).toEqual(["worked", "proved"]);
  expect(judge([499, 40], [500, 62])).toEqual(["too_early", "small"]);
  expect(judge([500, 40], [500, 62], { looksBefore: 1 })).toEqual(["no_effect", "none"]);
  expect(judge([200, 2], [200, 40])).toEqual(["worked", "proved-early"]);
  expect(judge([500, 25], [500, 75], { required: null })).toEqual(["worked", "proved-early"]);
  expect(judge([0, 0], [500, 52])).toEqual(["too_early", "small"]);
}); // prettier-ignore

test("the size it takes is known before: the published figure, and more when the arms are uneven", () => {
  const plan: Pick<Plan, "metric" | "better" | "smallest"> = { ...share, better: "higher", smallest: 0.02 };
  const baseline = { n: 1000, mean: 0.1, variance: 0.09 };
  expect(requiredFor(plan, baseline)).toEqual([3839, 3839]);
  const [treated, held] = requiredFor(plan, baseline, 0.8)!;
  expect(treated / held).toBeCloseTo(4, 2);
  expect(treated + held).toBeGreaterThan(2 * 3839);
  expect(requiredFor({ ...plan, better: "lower", smallest: 0.11 }, baseline)).toBeNull();
  expect(requiredFor(plan, { n: 0, mean: 0, variance: 0 })).toBeNull();
  expect(requiredFor({ ...money, better: "higher", smallest: 5 }, { n: 50, mean: 20, variance: 100 })).toEqual([63, 63]);
}); // prettier-ignore

test("a split that chance does not explain is broken, an uneven one that was asked for is not", () => {
  expect(splitOf(520, 480, 0.5).broken).toBe(false);
  expect(splitOf(600, 400, 0.5)).toMatchObject({ broken: true });
  expect(splitOf(805, 195, 0.8).broken).toBe(false);
});

test("what happened to everybody is taken off before a change gets the credit", () => {
  const ours = armed(share, shares(400, 40), shares(400, 80));
  const others = armed(share, shares(400, 44), shares(400, 80));
  const naive = effectOf(share, ours)!;
  const honest = differenceOfDifferences(ours, others)!;
  expect(naive.high).toBeLessThan(0);
  expect(honest.value).toBeCloseTo(-0.01, 10);
  expect(honest.low).toBeLessThan(0);
  expect(honest.high).toBeGreaterThan(0);
});
