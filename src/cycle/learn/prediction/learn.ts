import { aheadOf, type History, type Model } from "./ahead.ts";
import { fitBuying, ordersAhead } from "./buying.ts";
import { fitSpending, worthOfOrder } from "./spending.ts";

/*
 * Words we use
 *   test       what a model learnt from the time before a cutoff says of the time after it, beside what happened
 *   as before  the plain rule it has to beat: everybody goes on ordering as often as so far
 *   verdict    "good": it beat the plain rule on this company's own past; "beaten": it did not, and nothing is shown; "little": there is
 *              not enough history to say
 */
export interface Past extends History {
  /** What came after the cutoff: orders, and their worth. */
  later: number;
  laterWorth: number;
}
export type Verdict = "good" | "beaten" | "little";
export interface Test {
  n: number;
  weeks: number;
  /** Orders, root of the mean squared error. */
  error: number;
  error_as_before: number;
  /** Over all customers: orders said, happened, and by the plain rule; and their worth said and happened. */
  said: number;
  happened: number;
  said_as_before: number;
  worth_said: number;
  worth_happened: number;
  /** Of the interval of 80 in 100: how many in 100 it really held. */
  covered: number;
  /** By orders so far (after the first; 5 and more together): how many were said and happened on average. */
  rows: { again: number; n: number; said: number; happened: number }[];
}
export interface Learnt {
  verdict: Verdict;
  model: Model | null;
  test: Test | null;
  customers: number;
  repeaters: number;
}

// Fewer than these, and parameters are drawn from chance (analytics: at least 40 of either outcome to learn, 100 to show).
export const repeatersAtLeast = 100;
const eachAtLeast = 40;
const drawnAtMost = 2000;

/** Learns from all histories, and tests on those of before a cutoff; time in weeks. */
export function learn(now: readonly History[], before: readonly Past[], weeks: number): Learnt {
  const repeaters = now.filter((one) => one.again > 0).length;
  const bought = before.filter((one) => one.later > 0).length;
  const enough = before.filter((one) => one.again > 0).length >= repeatersAtLeast && bought >= eachAtLeast && before.length - bought >= eachAtLeast; // prettier-ignore
  if (!enough || repeaters < repeatersAtLeast)
    return { verdict: "little", model: null, test: null, customers: now.length, repeaters };
  const test = testOf(modelOf(before), before, weeks);
  const verdict = test.error < test.error_as_before ? "good" : "beaten";
  return { verdict, model: modelOf(now), test, customers: now.length, repeaters };
}

/** Both models of the same histories. */
export const modelOf = (all: readonly History[]): Model => ({ buying: fitBuying(all), spending: fitSpending(all) });

/** What the model says of the weeks after the cutoff, beside what happened and beside the plain rule. */
export function testOf(model: Model, before: readonly Past[], weeks: number): Test {
  const seen = before.map((one) => ({ ...one, said: ordersAhead(model.buying, one, weeks), plain: one.age > 0 ? (one.again / one.age) * weeks : 0 })); // prettier-ignore
  const sum = (of: (one: (typeof seen)[number]) => number): number => seen.reduce((s, one) => s + of(one), 0);
  const step = Math.max(1, Math.ceil(seen.length / drawnAtMost));
  const drawn = seen.filter((_, i) => i % step === 0);
  const within = drawn.filter((one, i) => {
    const { low, high } = aheadOf(model, [one], `test ${i}`, weeks, 200);
    return one.laterWorth >= low && one.laterWorth <= high;
  });
  const groups = [0, 1, 2, 3, 4, 5].map((again) => seen.filter((one) => Math.min(5, one.again) === again));
  const mean = (group: typeof seen, of: (one: (typeof seen)[number]) => number): number => group.reduce((s, one) => s + of(one), 0) / Math.max(1, group.length); // prettier-ignore
  return {
    n: seen.length,
    weeks,
    error: Math.sqrt(sum((one) => (one.said - one.later) ** 2) / seen.length),
    error_as_before: Math.sqrt(sum((one) => (one.plain - one.later) ** 2) / seen.length),
    said: sum((one) => one.said),
    happened: sum((one) => one.later),
    said_as_before: sum((one) => one.plain),
    worth_said: sum((one) => one.said * worthOfOrder(model.spending, one)),
    worth_happened: sum((one) => one.laterWorth),
    covered: within.length / drawn.length,
    rows: groups.map((group, again) => ({ again, n: group.length, said: mean(group, (one) => one.said), happened: mean(group, (one) => one.later) })), // prettier-ignore
  };
}
