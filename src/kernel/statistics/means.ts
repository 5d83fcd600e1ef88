import { studentCdf, studentQuantile } from "./distributions.ts";
import type { Interval } from "./proportions.ts";

/** What is enough to know of many numbers: how many, their mean and their variance (divided by n - 1). */
export interface Sample {
  n: number;
  mean: number;
  variance: number;
}
export interface Difference extends Interval {
  /** Two-sided chance of a difference this large when there is none. */
  p: number;
  freedom: number;
}

/** The numbers with everything above the quantile brought down to it, so that one large order does not decide; in the given order. */
export function winsorised(numbers: readonly number[], quantile = 0.99): number[] {
  const sorted = numbers.toSorted((x, y) => x - y);
  const cap = sorted[Math.min(sorted.length - 1, Math.ceil(quantile * sorted.length) - 1)] ?? 0;
  return numbers.map((n) => Math.min(n, cap));
}

/** Mean and variance in one pass (Welford 1962). */
export function summed(numbers: readonly number[]): Sample {
  let [n, mean, squares] = [0, 0, 0];
  for (const x of numbers) {
    n++;
    const before = x - mean;
    mean += before / n;
    squares += before * (x - mean);
  }
  return { n, mean, variance: n > 1 ? squares / (n - 1) : 0 };
}

/** The difference of two means, first minus second, with its interval and p (Welch 1947); nothing is known with fewer than two each. */
export function welch(a: Sample, b: Sample, confidence = 0.95): Difference {
  const value = a.mean - b.mean;
  if (a.n < 2 || b.n < 2) return { value, low: -Infinity, high: Infinity, p: 1, freedom: 0 };
  const [x, y] = [a.variance / a.n, b.variance / b.n];
  const error = Math.sqrt(x + y);
  if (error === 0) return { value, low: value, high: value, p: value === 0 ? 1 : 0, freedom: a.n + b.n - 2 };
  const freedom = (x + y) ** 2 / (x ** 2 / (a.n - 1) + y ** 2 / (b.n - 1));
  const half = studentQuantile(1 - (1 - confidence) / 2, freedom) * error;
  return {
    value,
    low: value - half,
    high: value + half,
    p: 2 * studentCdf(-Math.abs(value) / error, freedom),
    freedom,
  };
}
