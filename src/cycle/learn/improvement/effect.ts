import {
  newcombe, normalCdf, normalQuantile, peopleForMeans, peopleForShares, splitDiffers, summed, welch, winsorised, zOfProportions,
  type Interval, type Sample,
} from "#kernel/statistics"; // prettier-ignore
import type { Plan } from "./plan.ts";
import type { Verdict } from "./improvement.ts";

/*
 * Words we use
 *   figure     what the metric came to for each person of an arm: 1 or 0, or an amount
 *   effect     first arm less second, with its interval; `relative` is the same as a share of the second arm
 *   sure       95 %, the confidence of the one look at full size; `surer` 99.9 % for looks before it or after it (Haybittle and Peto): so
 *              often looking costs next to nothing, and nothing is called proved by chance
 */
export const sure = 0.95;
export const surer = 0.999;

export interface Arm {
  name: "treated" | "held" | "after" | "before";
  n: number;
  /** Of shares: how many. */
  k?: number;
  /** Share of one, or mean in minor units (the highest hundredth brought down to its edge). */
  value: number | null;
  sample: Sample;
  /** Exposed, but their days are not over yet. */
  waiting: number;
}

export interface Effect extends Interval {
  p: number;
  confidence: number;
  relative: Interval | null;
}

const isShare = (plan: Pick<Plan, "metric">): boolean => plan.metric.kind !== "money";

/** The arms of a comparison from the figures of their people; money is winsorised over both together. */
export function armsOf(plan: Pick<Plan, "metric">, first: { name: Arm["name"]; figures: readonly number[]; waiting: number }, second: { name: Arm["name"]; figures: readonly number[]; waiting: number }): [Arm, Arm] {
  const share = isShare(plan);
  const both = share ? [...first.figures, ...second.figures] : winsorised([...first.figures, ...second.figures]);
  const armOf = ({ name, waiting }: typeof first, figures: readonly number[]): Arm => {
    const sample = summed(figures);
    return { name, n: sample.n, value: sample.n > 0 ? sample.mean : null, sample, waiting, ...(share ? { k: figures.reduce((s, x) => s + x, 0) } : {}) };
  };
  return [armOf(first, both.slice(0, first.figures.length)), armOf(second, both.slice(first.figures.length))];
} // prettier-ignore

const finite = (i: Interval): boolean => Number.isFinite(i.value) && Number.isFinite(i.low) && Number.isFinite(i.high);

/** The effect between two arms: Newcombe for shares, Welch for money; null while one of them is empty. */
export function effectOf(plan: Pick<Plan, "metric">, [a, b]: readonly [Arm, Arm], confidence = sure): Effect | null {
  if (a.n === 0 || b.n === 0) return null;
  if (!isShare(plan)) {
    const { value, low, high, p } = welch(a.sample, b.sample, confidence);
    const mean = b.sample.mean;
    return { value, low, high, p, confidence, relative: mean > 0 ? { value: value / mean, low: low / mean, high: high / mean } : null };
  }
  const [x, y] = [{ k: a.k ?? 0, n: a.n }, { k: b.k ?? 0, n: b.n }];
  const p = 2 * normalCdf(-Math.abs(zOfProportions(x, y)));
  return { ...newcombe(x, y, confidence), p, confidence, relative: ratio(x, y, confidence) };
} // prettier-ignore

/** How much more or less often, with its interval (log of the risk ratio, Katz 1978); null when it happened to nobody in an arm. */
function ratio(a: { k: number; n: number }, b: { k: number; n: number }, confidence: number): Interval | null {
  if (a.k === 0 || b.k === 0) return null;
  const log = Math.log(a.k / a.n / (b.k / b.n));
  const half = normalQuantile(1 - (1 - confidence) / 2) * Math.sqrt(1 / a.k - 1 / a.n + 1 / b.k - 1 / b.n);
  return { value: Math.exp(log) - 1, low: Math.exp(log - half) - 1, high: Math.exp(log + half) - 1 };
}

/** After less before, less the same among those the change could not reach: difference in differences, normal interval. */
export function differenceOfDifferences([after, before]: readonly [Arm, Arm], [after2, before2]: readonly [Arm, Arm], confidence = sure): Effect | null {
  const arms = [after, before, after2, before2];
  if (arms.some((arm) => arm.n < 2)) return null;
  const value = after.sample.mean - before.sample.mean - (after2.sample.mean - before2.sample.mean);
  const error = Math.sqrt(arms.reduce((sum, arm) => sum + arm.sample.variance / arm.n, 0));
  const half = normalQuantile(1 - (1 - confidence) / 2) * error;
  const p = error > 0 ? 2 * normalCdf(-Math.abs(value) / error) : value === 0 ? 1 : 0;
  return { value, low: value - half, high: value + half, p, confidence, relative: null };
} // prettier-ignore

/** Whether the split of the assigned people is what was asked for; below .001 it is broken, and nothing measured on it can be believed. */
export const splitOf = (treated: number, held: number, share: number): { p: number; broken: boolean } => {
  const p = splitDiffers(treated, held, share);
  return { p, broken: p < 0.001 };
};

export type Rule = "interim" | "split" | "proved" | "proved-early" | "small" | "none";

/**
 * The verdict, by a rule stated before: no verdict before the review. At the first look at full size an interval of 95 % that leaves out
 * nothing-at-all proves an effect; any other look takes 99.9 %. Below full size and unproved is too early; at it, no effect.
 */
export function verdictOf(asked: {
  better: Plan["better"];
  effectAt: (confidence: number) => Effect | null;
  n: readonly [number, number];
  /** People the two arms take; null when nobody could say at the start. */
  required: readonly [number, number] | null;
  due: boolean;
  broken: boolean;
  /** Looks at full size before this one. */
  looksBefore: number;
}): { verdict: Verdict | null; rule: Rule; effect: Effect | null } {
  const { better, effectAt, n, required, due, broken } = asked;
  const full = required !== null && n[0] >= required[0] && n[1] >= required[1];
  const confidence = full && asked.looksBefore === 0 ? sure : surer;
  const effect = effectAt(sure);
  if (broken) return { verdict: null, rule: "split", effect };
  if (!due) return { verdict: null, rule: "interim", effect };
  const judged = effectAt(confidence);
  if (judged && finite(judged) && (judged.low > 0 || judged.high < 0)) {
    const verdict = judged.value < 0 === (better === "lower") ? "worked" : "worse";
    return { verdict, rule: full ? "proved" : "proved-early", effect: confidence === sure ? effect : judged };
  }
  return full ? { verdict: "no_effect", rule: "none", effect } : { verdict: "too_early", rule: "small", effect };
}

/** People each arm takes to see the smallest effect that matters (two-sided .05, power .8), for arms of unequal size; null when it cannot be. */
export function requiredFor(plan: Pick<Plan, "metric" | "better" | "smallest">, baseline: Sample, treated = 0.5): [number, number] | null {
  const turn = plan.better === "lower" ? -1 : 1;
  const equal = isShare(plan) ? sharesFor(baseline.mean, baseline.mean + turn * plan.smallest) : { n: peopleForMeans(Math.sqrt(baseline.variance), plan.smallest), first: 1, second: 1 };
  if (baseline.n === 0 || !equal || !Number.isFinite(equal.n)) return null;
  // The same precision from n and n (1 - t)/t: the sum of variance over size stays.
  const odds = (1 - treated) / treated;
  const held = (equal.n * (equal.second + equal.first * odds)) / (equal.first + equal.second);
  return [Math.ceil(held / odds - 1e-9), Math.ceil(held - 1e-9)];
} // prettier-ignore

function sharesFor(from: number, to: number): { n: number; first: number; second: number } | null {
  if (to < 0 || to > 1 || from === to) return null;
  return { n: peopleForShares(from, to), first: to * (1 - to), second: from * (1 - from) };
}
