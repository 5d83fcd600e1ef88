import type { Period } from "#kernel/period";
import { merged, type Calendar } from "./calendar.ts";
import { localDay, openFrom } from "./hours.ts";

// Far beyond any target: a walk that gets there asks for hours that never come.
const furthestMs = 30 * 366 * 86_400_000;

/**
 * The instant at which so many open seconds have passed since the start, pauses not counted. Hours that end exactly with the closing
 * end on that day. Pauses may overlap, and cost nothing outside the hours. Never "start + hours + length of the pauses".
 */
export function dueAfter(calendar: Calendar, start: Date, seconds: number, pauses: readonly Period[] = []): Date {
  let left = seconds * 1000;
  if (left <= 0) return new Date(start);
  for (const [from, until] of running(calendar, start.getTime(), pauses)) {
    if (until - from >= left) return new Date(from + left);
    left -= until - from;
    if (from - start.getTime() > furthestMs) break;
  }
  throw new RangeError(`${seconds} open seconds never pass`);
}

/** Open seconds between two instants, pauses not counted; 0 when the second is not after the first. */
export function openSeconds(calendar: Calendar, from: Date, to: Date, pauses: readonly Period[] = []): number {
  const end = to.getTime();
  let sum = 0;
  for (const [begin, until] of running(calendar, from.getTime(), pauses)) {
    if (begin >= end) break;
    sum += Math.min(until, end) - begin;
  }
  return sum / 1000;
}

/** The closing of the n-th business day after the local date of the start; of that same day, if it is one, for 0. */
export function businessDaysAfter(calendar: Calendar, start: Date, days: number): Date {
  const today = localDay(calendar.tz, start.getTime());
  const seen = new Map<number, number>();
  for (const [from, until] of openFrom(calendar, start.getTime())) {
    const day = localDay(calendar.tz, from);
    const counted = day > today || days === 0;
    if (seen.size >= Math.max(days, 1) && counted && !seen.has(day)) break;
    if (counted) seen.set(day, until);
    if (from - start.getTime() > furthestMs) throw new RangeError(`${days} business days never pass`);
  }
  return new Date([...seen.values()].at(-1)!);
}

/** Open stretches from the start on, less the pauses. */
function* running(calendar: Calendar, start: number, pauses: readonly Period[]): Generator<readonly [number, number]> {
  const breaks = merged(pauses.map((p) => [p.from.getTime(), p.until.getTime()]));
  for (const [from, until] of openFrom(calendar, start)) {
    let at = from;
    for (const [stop, on] of breaks) {
      if (on <= at || stop >= until) continue;
      if (stop > at) yield [at, stop];
      at = Math.min(on, until);
    }
    if (at < until) yield [at, until];
  }
}
