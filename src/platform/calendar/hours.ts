import { IANAZone } from "luxon";
import { openMinutes, type Calendar } from "./calendar.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
type Stretch = readonly [from: number, until: number];

/**
 * When the company is open, from that instant on, as stretches of UTC milliseconds in order, without end. An instant is open when the
 * local clock reads an open hour at it: an hour that summer time skips is not there, one that winter time repeats is there twice.
 */
export function* openFrom(calendar: Calendar, fromMs: number): Generator<Stretch, never> {
  const open = openMinutes(calendar.weekly);
  const closed = closedDays(calendar);
  // Zones are at most 14 hours from UTC: a day back reaches every opening that is still going on.
  for (let day = Math.floor(fromMs / dayMs) * dayMs - dayMs; ; day += dayMs)
    for (const [from, until] of daysOpen(calendar.tz, open, closed, day))
      if (until > fromMs) yield [Math.max(from, fromMs), until];
}

/** Local dates without any open hour, as days since 1970. */
function closedDays({ holidays }: Calendar): Set<number> {
  const closed = new Set<number>();
  for (const { first, last } of holidays)
    for (let d = Date.parse(first); d <= Date.parse(last); d += dayMs) closed.add(d / dayMs);
  return closed;
}

/** The open stretches within one UTC day, piece by piece of the same offset. */
function* daysOpen(tz: string, open: readonly (readonly Stretch[])[], closed: ReadonlySet<number>, utcDay: number): Generator<Stretch> {
  for (const [from, until, offset] of offsets(tz, utcDay, utcDay + dayMs)) {
    const [first, last] = [Math.floor((from + offset) / dayMs), Math.floor((until + offset - 1) / dayMs)];
    for (let local = first; local <= last; local += 1) {
      if (closed.has(local)) continue;
      // 1 January 1970 was a Thursday.
      for (const [begin, end] of open[(((local + 3) % 7) + 7) % 7]!) {
        const midnight = local * dayMs - offset;
        const stretch = [Math.max(from, midnight + begin * minuteMs), Math.min(until, midnight + end * minuteMs)] as const;
        if (stretch[0] < stretch[1]) yield stretch;
      }
    }
  }
} // prettier-ignore

/** Pieces of the stretch in which the zone's offset (in ms) stays the same; at most one change in a day. */
function offsets(tz: string, from: number, until: number): (readonly [number, number, number])[] {
  const zone = IANAZone.create(tz);
  const at = (ms: number): number => zone.offset(ms) * minuteMs;
  const [before, after] = [at(from), at(until - 1)];
  if (before === after) return [[from, until, before]];
  let [low, high] = [from, until];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (at(middle) === before) low = middle;
    else high = middle;
  }
  return [
    [from, high, before],
    [high, until, after],
  ];
}

/** The local date of an instant, as days since 1970. */
export const localDay = (tz: string, ms: number): number => Math.floor((ms + IANAZone.create(tz).offset(ms) * minuteMs) / dayMs); // prettier-ignore
