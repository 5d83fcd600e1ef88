import { normalQuantile } from "./distributions.ts";

/** So many of so many. */
export interface Proportion {
  k: number;
  n: number;
}
export interface Interval {
  value: number;
  low: number;
  high: number;
}

const zOf = (confidence: number): number => normalQuantile(1 - (1 - confidence) / 2);

/** A share with its score interval (Wilson 1927), 95 % unless said; 0/0 knows nothing: 0 to 1. */
export function wilson({ k, n }: Proportion, confidence = 0.95): Interval {
  if (n === 0) return { value: Number.NaN, low: 0, high: 1 };
  const z = zOf(confidence);
  const p = k / n;
  const mid = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return { value: p, low: k === 0 ? 0 : mid - half, high: k === n ? 1 : mid + half };
}

/** The difference of two shares, first minus second, with its hybrid score interval (Newcombe 1998, Stat. Med. 17:873, method 10). */
export function newcombe(a: Proportion, b: Proportion, confidence = 0.95): Interval {
  if (a.n === 0 || b.n === 0) return { value: Number.NaN, low: -1, high: 1 };
  const [x, y] = [wilson(a, confidence), wilson(b, confidence)];
  const value = x.value - y.value;
  return {
    value,
    low: value - Math.hypot(x.value - x.low, y.high - y.value),
    high: value + Math.hypot(x.high - x.value, y.value - y.low),
  };
}

/** How many standard errors lie between two shares, by the pooled share; 0 when both are all or nothing. */
export function zOfProportions(a: Proportion, b: Proportion): number {
  const pooled = (a.k + b.k) / (a.n + b.n);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.n + 1 / b.n));
  return error > 0 ? (a.k / a.n - b.k / b.n) / error : 0;
}
