import { ordersAhead, stillThere, type Buying, type BuyingModel } from "./buying.ts";
import { worthOfOrder, type Spending, type SpendingModel } from "./spending.ts";

/*
 * Words we use
 *   ahead      what is expected of a customer in the coming weeks
 *   interval   where the sum lies for 80 of 100 customers with such a history: not how sure the mean is, but how different the years of
 *              one customer can be
 */
export type History = Buying & Spending;
export interface Model {
  buying: BuyingModel;
  spending: SpendingModel;
}
export interface Ahead {
  orders: number;
  each: number;
  /** In the unit of the histories' money. */
  value: number;
  low: number;
  high: number;
}

export const year = 365 / 7; // weeks
const draws = 1000;
const tail = 0.1;

/** What is expected of customers together within `weeks`, with its interval; `seed` makes the same customers look the same each time. */
export function aheadOf(model: Model, who: readonly History[], seed: string, weeks = year, times = draws): Ahead {
  const each = who.map((one) => ({ orders: ordersAhead(model.buying, one, weeks), each: worthOfOrder(model.spending, one) }));
  const orders = each.reduce((sum, one) => sum + one.orders, 0);
  const value = each.reduce((sum, one) => sum + one.orders * one.each, 0);
  const random = randomFrom(seed);
  const future = (): number => who.reduce((sum, one) => sum + oneFuture(model, one, weeks, random), 0);
  const sums = Float64Array.from({ length: times }, future).sort();
  const at = (share: number): number => sums[Math.min(times - 1, Math.floor(share * times))]!;
  return { orders, each: orders > 0 ? value / orders : 0, value, low: at(tail), high: at(1 - tail) };
} // prettier-ignore

/**
 * One future of the customer, drawn from what their history leaves open: whether they are gone; how often they order (Gamma), after which
 * order they go (Beta), how many orders come of that; and what these are worth together.
 */
function oneFuture({ buying, spending }: Model, who: History, weeks: number, random: () => number): number {
  if (random() > stillThere(buying, who)) return 0;
  const rate = gammaOf(buying.r + who.again, random) / (buying.alpha + who.age);
  const goes = betaOf(buying.a, buying.b + who.again, random);
  const orders = Math.min(poissonOf(rate * weeks, random), ordersUntilGone(goes, random));
  if (orders === 0) return 0;
  const { p, q, gamma } = spending;
  const scale = gammaOf(q + p * who.again, random) / (gamma + who.again * who.each);
  return gammaOf(p * orders, random) / scale;
}

const ordersUntilGone = (goes: number, random: () => number): number =>
  goes <= 0 ? Infinity : 1 + Math.floor(Math.log(1 - random()) / Math.log1p(-Math.min(goes, 1 - 1e-12)));

/** Numbers in [0, 1) that follow from a text alone (FNV-1a, then mulberry32). */
export function randomFrom(seed: string): () => number {
  let state = 2166136261;
  for (const sign of seed) state = Math.imul(state ^ sign.codePointAt(0)!, 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function normalOf(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A Gamma variate of that shape and scale 1 (Marsaglia and Tsang 2000). */
function gammaOf(shape: number, random: () => number): number {
  if (shape < 1) return gammaOf(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalOf(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function betaOf(a: number, b: number, random: () => number): number {
  const x = gammaOf(a, random);
  return x / (x + gammaOf(b, random));
}

/** A Poisson variate; beyond 30 the normal one is within a per cent of it. */
function poissonOf(mean: number, random: () => number): number {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normalOf(random)));
  const least = Math.exp(-mean);
  let n = 0;
  for (let product = 1 - random(); product > least; product *= 1 - random()) n++;
  return n;
}
