import { logGamma } from "#kernel/statistics";
import { minimum } from "./minimum.ts";

/*
 * How often and how long customers buy: BG/NBD (Fader, Hardie and Lee 2005, Marketing Science 24(2):275-284).
 *
 * Words we use
 *   again   orders after the first; orders of one day are one
 *   last    weeks from the first order to the newest
 *   age     weeks from the first order until now
 *   gone    a customer who will not order again; after each order some are, and nobody says so
 */
export interface Buying {
  again: number;
  last: number;
  age: number;
}
export interface BuyingModel {
  r: number;
  alpha: number;
  a: number;
  b: number;
  /** Logarithm of the likelihood, and of how many customers. */
  likelihood: number;
  n: number;
}

// Weak enough not to move three digits on real data, strong enough to end the walk along a ridge where nobody seems ever gone.
const prior = 1e-3;

/** Equal histories counted once: many customers have few different ones. */
export function counted(all: readonly Buying[]): { one: Buying; n: number }[] {
  const found = new Map<string, { one: Buying; n: number }>();
  for (const one of all) {
    const key = `${one.again} ${one.last.toFixed(4)} ${one.age.toFixed(4)}`;
    const known = found.get(key);
    if (known) known.n++;
    else found.set(key, { one, n: 1 });
  }
  return [...found.values()];
}

/** The four parameters under which these histories are most likely; time in weeks. */
export function fitBuying(all: readonly Buying[]): BuyingModel {
  const rows = counted(all);
  const places = (of: (one: Buying) => number) => {
    const values = [...new Set(rows.map(({ one }) => of(one)))];
    const at = new Map(values.map((value, i) => [value, i]));
    return { values, of: Int32Array.from(rows, ({ one }) => at.get(of(one))!) };
  };
  // What depends on one number only is reckoned once for each value of it: most of the work of a look.
  const [times, ages, lasts] = [places((one) => one.again), places((one) => one.age), places((one) => one.last)];
  const sum = (of: (one: Buying) => number): number => rows.reduce((s, { one, n }) => s + n * of(one), 0);
  const rate = Math.max(1e-3, sum((o) => o.again) / Math.max(1, sum((o) => o.age)));
  const likelihood = ([lr, la, lA, lB]: readonly number[]): number => {
    const [r, alpha, a, b] = [Math.exp(lr!), Math.exp(la!), Math.exp(lA!), Math.exp(lB!)];
    const fixed = r * la! - logGamma(r) + logGamma(a + b) - logGamma(b);
    const byTimes = times.values.map((x) => fixed + logGamma(r + x) + logGamma(b + x) - logGamma(a + b + x));
    const leaving = times.values.map((x) => (x > 0 ? Math.log(a / (b + x - 1)) : 0));
    const [byAge, byLast] = [ages.values.map((age) => Math.log(alpha + age)), lasts.values.map((last) => Math.log(alpha + last))]; // prettier-ignore
    let total = 0;
    for (let i = 0; i < rows.length; i++) {
      const at = times.of[i]!;
      const again = times.values[at]!;
      let either = -(r + again) * byAge[ages.of[i]!]!;
      if (again > 0) {
        const goes = leaving[at]! - (r + again) * byLast[lasts.of[i]!]!;
        either = Math.max(either, goes) + Math.log1p(Math.exp(-Math.abs(goes - either)));
      }
      total += rows[i]!.n * (byTimes[at]! + either);
    }
    return total;
  };
  const cost = (p: readonly number[]): number => {
    const value = p.some((v) => Math.abs(v) > 25) ? Infinity : -likelihood(p) + prior * p.reduce((s, v) => s + v * v, 0);
    return Number.isFinite(value) ? value : Number.MAX_VALUE;
  };
  const { x } = minimum(cost, [Math.log(0.5), Math.log(0.5 / rate), Math.log(0.8), Math.log(2.5)]);
  const [r, alpha, a, b] = x.map(Math.exp) as [number, number, number, number];
  return { r, alpha, a, b, likelihood: likelihood(x), n: all.length };
} // prettier-ignore

/** Whether the histories say anything of when customers go: with so small a share of it nobody is ever gone, and nothing may be said of it. */
export const seesGoing = ({ a, b }: BuyingModel): boolean => a / (a + b) >= 1e-3;

/** The chance that a customer is not gone. It is 1 for everybody who ordered once, which says nothing and is not to be shown. */
export function stillThere({ r, alpha, a, b }: BuyingModel, { again: x, last, age }: Buying): number {
  if (x === 0) return 1;
  return 1 / (1 + (a / (b + x - 1)) * ((alpha + age) / (alpha + last)) ** (r + x));
}

/** Gauss's 2F1 by its series, for |z| < 1. */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  let [term, sum] = [1, 1];
  for (let k = 0; k < 5000; k++) {
    term *= (((a + k) * (b + k)) / ((c + k) * (k + 1))) * z;
    sum += term;
    if (Math.abs(term) < 1e-14 * Math.abs(sum)) break;
  }
  return sum;
}

/**
 * Orders expected in the next `weeks`. The paper's 2F1(r+x, b+x; a+b+x-1; z) is taken through Euler's transformation: what remains,
 * 2F1(a+b-1-r, a-1; a+b+x-1; z), does not grow with x and converges quickly.
 */
export function ordersAhead(model: BuyingModel, who: Buying, weeks: number): number {
  const { r, alpha, b } = model;
  // The formula divides by a - 1; its limit there is what its neighbourhood says.
  const a = Math.abs(model.a - 1) < 1e-5 ? 1 + 1e-5 : model.a;
  const { again: x, age } = who;
  const z = weeks / (alpha + age + weeks);
  const shrunk = ((alpha + age) / (alpha + age + weeks)) ** (a - 1);
  const ifThere = ((a + b + x - 1) / (a - 1)) * (1 - shrunk * hypergeometric(a + b - 1 - r, a - 1, a + b + x - 1, z));
  return ifThere * stillThere(model, who);
}

/** Orders after the first that a new customer places within `weeks`. */
export const ordersOfNew = (model: BuyingModel, weeks: number): number =>
  ordersAhead(model, { again: 0, last: 0, age: 0 }, weeks);
