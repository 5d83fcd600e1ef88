import { IANAZone } from "luxon";
import { z } from "zod";

/*
 * Words we use
 *   calendar   the company's business hours: its time zone, opening hours by weekday, and days on which it is closed
 *   opening    from one reading of the local clock until another; until before from means past midnight, 24:00 is midnight
 *   holiday    local dates on which nothing is open, even what began the evening before
 */
export interface Opening {
  from: string;
  until: string;
}
export interface Holiday {
  /** Local dates, both included: 2026-12-24. */
  first: string;
  last: string;
  name: string;
}
/** Monday first. */
export type Weekly = readonly (readonly Opening[])[];

export interface Calendar {
  version: number;
  tz: string;
  weekly: Weekly;
  holidays: readonly Holiday[];
}

const office: readonly Opening[] = [{ from: "09:00", until: "17:00" }];
/** What holds until somebody says otherwise. */
export const usualWeek: Weekly = [office, office, office, office, office, [], []];

/** A clock that never stops: elapsed time. */
export const alwaysOpen: Calendar = {
  version: 0,
  tz: "UTC",
  weekly: Array.from({ length: 7 }, () => [{ from: "00:00", until: "24:00" }]),
  holidays: [],
};

/** Minutes since midnight. */
export const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

// Whoever is closed longer than that has closed for good; it bounds how far a walk can go.
const holidayAtMost = 120;
const days = (first: string, last: string): number => (Date.parse(last) - Date.parse(first)) / 86_400_000 + 1;

const clock = (most: RegExp) => z.string().regex(most, "A time is written 09:00.");
const opening = z
  .strictObject({
    from: clock(/^([01]\d|2[0-3]):[0-5]\d$/),
    until: clock(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
  })
  .refine((o) => o.from !== o.until, "It ends when it begins.");
const day = z
  .array(opening)
  .max(8)
  .refine((openings) => !overlaps(openings), "Two of the hours overlap.");
const holiday = z
  .strictObject({ first: z.iso.date(), last: z.iso.date(), name: z.string().trim().max(100) })
  .refine((h) => h.first <= h.last, { message: "It ends before it begins.", path: ["last"] })
  .refine((h) => days(h.first, h.last) <= holidayAtMost, {
    message: `At most ${holidayAtMost} days.`,
    path: ["last"],
  });

export const calendarSchema = z.strictObject({
  tz: z
    .string()
    .max(60)
    .refine((tz) => IANAZone.isValidZone(tz), "This is not a time zone."),
  weekly: z
    .array(day)
    .length(7)
    .refine((week) => week.some((openings) => openings.length > 0), "At least one hour of the week must be open."),
  holidays: z.array(holiday).max(300),
});

const ends = (o: Opening): number => {
  const [from, until] = [minutesOf(o.from), minutesOf(o.until)];
  return until > from ? until : until + 1440;
};

function overlaps(openings: readonly Opening[]): boolean {
  const sorted = openings.map((o) => [minutesOf(o.from), ends(o)] as const).toSorted((a, b) => a[0] - b[0]);
  return sorted.some(([from], i) => i > 0 && from < sorted[i - 1]![1]);
}

/** Minutes of each weekday's local clock that are open, merged; what goes past midnight counts for the day it reaches. */
export function openMinutes(weekly: Weekly): (readonly [from: number, until: number])[][] {
  const parts: [number, number][][] = Array.from({ length: 7 }, () => []);
  for (const [weekday, openings] of weekly.entries())
    for (const o of openings) {
      const [from, until] = [minutesOf(o.from), ends(o)];
      parts[weekday]!.push([from, Math.min(until, 1440)]);
      if (until > 1440) parts[(weekday + 1) % 7]!.push([0, until - 1440]);
    }
  return parts.map(merged);
}

/** Stretches as few as possible, sorted; those that touch or overlap become one. */
export function merged(stretches: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const [from, until] of stretches.toSorted((a, b) => a[0] - b[0])) {
    const last = found.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], until);
    else if (until > from) found.push([from, until]);
  }
  return found;
}
