import type { Stage } from "#customers";
import type { Chance } from "./chance.ts";

/*
 * Words we use
 *   fate     the stage a story is written towards; whether it gets there, the lifecycle rules say, from the facts alone
 *   rhythm   the days on which somebody ordered, as whole days before today, oldest first
 *   ago      an instant as days before today; fractions are hours of the day
 */

/** How many of 2,000 customers each fate has. */
export const fates: Readonly<Record<Stage, number>> = {
  identified: 160, subscriber: 220, lead: 180, opportunity: 140,
  customer: 160, active: 500, loyal: 240, advocate: 60, at_risk: 140, lapsed: 160, won_back: 40,
}; // prettier-ignore

const historyDays = 722;

const median = (list: readonly number[]): number => {
  const sorted = list.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** The usual gap as the lifecycle rules reckon it: 90 days while there are fewer than two gaps. */
const usual = (gaps: readonly number[]): number => (gaps.length < 2 ? 90 : median(gaps));

const someGaps = (chance: Chance, gap: number, orders: number): number[] =>
  Array.from({ length: Math.max(0, orders - 1) }, () => Math.max(5, Math.round(gap * chance.between(0.84, 1.16))));

/** Days from the gaps and the day of the last order; what would lie more than two years back is left out. */
function daysOf(gaps: readonly number[], last: number): number[] {
  const days = [last];
  for (const gap of gaps.toReversed()) days.unshift(days[0]! + gap);
  return days.filter((day) => day <= historyDays);
}

/** Puts one long pause among the gaps, at a third from the end at the latest. */
function paused(gaps: readonly number[], pause: number): number[] {
  const at = Math.max(2, gaps.length - 4);
  return gaps.map((gap, i) => (i === at ? Math.round(pause) : gap));
}

// Loyal ones order at least five times a year: with 70 days and 16 % more, four gaps are 325 days.
function steady(chance: Chance): number[] {
  const gap = chance.between(24, 70);
  const most = Math.floor(710 / gap);
  const gaps = someGaps(chance, gap, chance.yes(0.45) ? most : chance.whole(7, Math.max(7, most)));
  const pause = Math.max(2.5 * gap, 38);
  return daysOf(chance.yes(0.16) ? paused(gaps, pause) : gaps, chance.whole(1, Math.floor(gap)));
}

function active(chance: Chance): number[] {
  const kind = chance.next();
  // Ordered once, paid and kept it: within 180 days nobody calls them quiet.
  if (kind < 0.2) return [chance.whole(33, 165)];
  if (kind < 0.36) {
    const gap = chance.between(18, 55);
    return daysOf(someGaps(chance, gap, chance.whole(2, 4)), chance.whole(1, Math.floor(gap)));
  }
  // Lapsed once and came back for good; what lies before the pause is more than a year old.
  if (kind < 0.46) {
    const gap = chance.between(20, 34);
    const gaps = [
      ...someGaps(chance, gap, 4),
      Math.round(gap * 4.8) + 220,
      ...someGaps(chance, gap, chance.whole(2, 3)),
    ];
    return daysOf(gaps, chance.whole(1, Math.floor(gap)));
  }
  // Fewer than five a year: they stay active, never loyal.
  const gap = chance.between(118, 155);
  return daysOf(someGaps(chance, gap, chance.whole(3, 6)), chance.whole(2, 100));
}

function quiet(chance: Chance, from: (gap: number) => number, until: (gap: number) => number): number[] {
  const gaps = chance.yes(0.2) ? [] : someGaps(chance, chance.between(18, 66), chance.whole(3, 8));
  const gap = usual(gaps);
  return daysOf(gaps, chance.whole(Math.ceil(from(gap)) + 2, Math.floor(until(gap)) - 2));
}

function wonBack(chance: Chance): number[] {
  const gaps = someGaps(chance, chance.between(18, 40), chance.whole(3, 7));
  const pause = Math.ceil(Math.max(4 * median(gaps), 60)) + chance.whole(4, 60);
  return daysOf([...gaps, pause], chance.whole(2, 26));
}

const rhythms: Readonly<Record<Stage, (chance: Chance) => number[]>> = {
  identified: () => [],
  subscriber: () => [],
  lead: () => [],
  opportunity: () => [],
  // Newcomers of the last four weeks; and those whose first order came back or is not paid yet.
  customer: (chance) => [chance.yes(0.66) ? chance.whole(1, 27) : chance.whole(36, 150)],
  active,
  loyal: steady,
  advocate: steady,
  at_risk: (chance) => quiet(chance, (gap) => Math.max(2 * gap, 30), (gap) => Math.max(4 * gap, 60)), // prettier-ignore
  lapsed: (chance) => quiet(chance, (gap) => Math.max(4 * gap, 60), (gap) => Math.max(4 * gap, 60) + 280), // prettier-ignore
  won_back: wonBack,
};

/** When somebody of that fate ordered. */
export const rhythmOf = (fate: Stage, chance: Chance): number[] => rhythms[fate](chance);

/** When somebody who never ordered became known: those we still work on lately, and ever more as the company grows. */
export function knownSince(fate: Stage, chance: Chance): number {
  if (fate === "opportunity") return chance.whole(12, 110);
  if (fate === "lead") return chance.whole(4, 190);
  return Math.round(5 + 700 * chance.next() ** 1.5);
}
