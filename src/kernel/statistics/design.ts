import { normalCdf, normalQuantile } from "./distributions.ts";

const factor = (alpha: number, power: number): number => (normalQuantile(1 - alpha / 2) + normalQuantile(power)) ** 2;

/** People per arm to see the one share become the other (two-sided, unpooled variance; Fleiss 1981): 10 % to 12 % takes 3,839. */
export function peopleForShares(from: number, to: number, options: { alpha?: number; power?: number } = {}): number {
  const { alpha = 0.05, power = 0.8 } = options;
  if (from === to) return Infinity;
  return Math.ceil((factor(alpha, power) * (from * (1 - from) + to * (1 - to))) / (to - from) ** 2);
}

/** People per arm to see two means differ by so much, at this standard deviation. */
export function peopleForMeans(
  deviation: number,
  difference: number,
  options: { alpha?: number; power?: number } = {},
): number {
  const { alpha = 0.05, power = 0.8 } = options;
  if (difference === 0) return Infinity;
  return Math.max(2, Math.ceil((2 * factor(alpha, power) * deviation ** 2) / difference ** 2));
}

/** Chance of a split this uneven when `share` of the people belong to the first arm (chi-square, one degree of freedom); below .001 the split itself is broken (sample ratio mismatch). */
export function splitDiffers(first: number, second: number, share: number): number {
  const all = first + second;
  if (all === 0) return 1;
  const chi = (first - all * share) ** 2 / (all * share) + (second - all * (1 - share)) ** 2 / (all * (1 - share));
  return 2 * normalCdf(-Math.sqrt(chi));
}
