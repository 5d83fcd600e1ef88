import { logGamma } from "#kernel/statistics";
import { minimum } from "./minimum.ts";

/*
 * What an order is worth: Gamma-Gamma (Fader and Hardie 2013). How much somebody spends is taken as independent of how often; the
 * correlation is told beside the model.
 *
 * Words we use
 *   each   mean worth of the orders after the first
 */
export interface Spending {
  again: number;
  each: number;
}
export interface SpendingModel {
  p: number;
  q: number;
  gamma: number;
  likelihood: number;
  n: number;
  /** Between how often and how much, -1 to 1. */
  correlation: number;
}

/** The three parameters under which these means are most likely; only who ordered again and paid something tells anything. */
export function fitSpending(all: readonly Spending[]): SpendingModel {
  const rows = all.filter((one) => one.again > 0 && one.each > 0);
  const scale = rows.reduce((sum, one) => sum + one.each, 0) / Math.max(1, rows.length) || 1;
  const times = [...new Set(rows.map((one) => one.again))];
  const logs = rows.map((one) => ({ ...one, log: Math.log(one.each), logTimes: Math.log(one.again) }));
  const likelihood = ([lp, lq, lg]: readonly number[]): number => {
    const [p, q, g] = [Math.exp(lp!), Math.exp(lq!), Math.exp(lg!)];
    const fixed = q * lg! - logGamma(q);
    const byTimes = new Map(times.map((x) => [x, fixed + logGamma(p * x + q) - logGamma(p * x)]));
    let total = 0;
    for (const { again: x, each: m, log, logTimes } of logs)
      total += byTimes.get(x)! + (p * x - 1) * log + p * x * logTimes - (p * x + q) * Math.log(g + m * x);
    return total;
  };
  const cost = (v: readonly number[]): number => {
    const value = v.some((one) => Math.abs(one) > 25) ? Infinity : -likelihood(v) + 1e-4 * v.reduce((s, one) => s + one * one, 0);
    return Number.isFinite(value) ? value : Number.MAX_VALUE;
  };
  const { x } = minimum(cost, [Math.log(4), Math.log(4), Math.log(scale)]);
  const [p, q, gamma] = x.map(Math.exp) as [number, number, number];
  return { p, q, gamma, likelihood: likelihood(x), n: rows.length, correlation: correlation(rows) };
} // prettier-ignore

function correlation(rows: readonly Spending[]): number {
  const n = rows.length;
  if (n < 2) return 0;
  const mean = (of: (one: Spending) => number): number => rows.reduce((s, one) => s + of(one), 0) / n;
  const [mx, my] = [mean((o) => o.again), mean((o) => o.each)];
  const [sx, sy] = [Math.sqrt(mean((o) => (o.again - mx) ** 2)), Math.sqrt(mean((o) => (o.each - my) ** 2))];
  return sx === 0 || sy === 0 ? 0 : mean((o) => (o.again - mx) * (o.each - my)) / (sx * sy);
}

/** What the next order of somebody is worth: their own mean, drawn towards everybody's the less they ordered. */
export const worthOfOrder = ({ p, q, gamma }: SpendingModel, { again: x, each }: Spending): number =>
  (p * (gamma + each * x)) / Math.max(0.05, p * x + q - 1);
