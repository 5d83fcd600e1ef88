import { expect, test } from "vitest";
import fc from "fast-check";
import type { Period } from "#kernel/period";
import { calendarSchema, usualWeek, type Calendar, type Opening } from "./calendar.ts";
import { businessDaysAfter, dueAfter, openSeconds } from "./walk.ts";

const berlin: Calendar = { version: 1, tz: "Europe/Berlin", weekly: usualWeek, holidays: [] };
const h = 3600;
const at = (local: string): Date => new Date(local);
const due = (start: string, seconds: number, more: { calendar?: Partial<Calendar>; pauses?: [string, string][] } = {}) =>
  dueAfter({ ...berlin, ...more.calendar }, at(start), seconds, (more.pauses ?? []).map(([from, until]) => ({ from: at(from), until: at(until) }))).toISOString(); // prettier-ignore
const lunch: Opening[] = [
  { from: "09:00", until: "12:00" },
  { from: "13:00", until: "17:00" },
];

// 16 January 2026 is a Friday; Berlin is UTC+1.
test.each([
  ["over the weekend", "2026-01-16T16:00+01:00", 2 * h, {}, "2026-01-19T09:00:00.000Z"],
  ["exactly at closing stays on that day", "2026-01-16T15:00+01:00", 2 * h, {}, "2026-01-16T16:00:00.000Z"],
  ["asked on Sunday, counted from Monday", "2026-01-18T12:00+01:00", 1 * h, {}, "2026-01-19T09:00:00.000Z"],
  ["over lunch", "2026-01-16T11:00+01:00", 2 * h, { calendar: { weekly: Array.from({ length: 7 }, () => lunch) } }, "2026-01-16T13:00:00.000Z"],
  ["over a holiday", "2026-01-16T16:00+01:00", 2 * h, { calendar: { holidays: [{ first: "2026-01-19", last: "2026-01-20", name: "Moving" }] } }, "2026-01-21T09:00:00.000Z"],
  ["a pause within the hours costs its time", "2026-01-16T09:00+01:00", 4 * h, { pauses: [["2026-01-16T10:00+01:00", "2026-01-16T11:00+01:00"]] }, "2026-01-16T13:00:00.000Z"],
  ["a pause over night costs only what was open", "2026-01-15T16:00+01:00", 2 * h, { pauses: [["2026-01-15T16:30+01:00", "2026-01-16T09:30+01:00"]] }, "2026-01-16T10:00:00.000Z"],
  ["overlapping pauses count once", "2026-01-16T09:00+01:00", 4 * h, { pauses: [["2026-01-16T10:00+01:00", "2026-01-16T11:00+01:00"], ["2026-01-16T10:30+01:00", "2026-01-16T11:30+01:00"]] }, "2026-01-16T13:30:00.000Z"],
  ["a pause outside the hours costs nothing", "2026-01-16T16:00+01:00", 2 * h, { pauses: [["2026-01-17T00:00+01:00", "2026-01-18T00:00+01:00"]] }, "2026-01-19T09:00:00.000Z"],
  ["into summer time: an hour less", "2026-03-28T22:00+01:00", 8 * h, { calendar: { weekly: Array.from({ length: 7 }, () => [{ from: "22:00", until: "06:00" }]) } }, "2026-03-29T21:00:00.000Z"],
  ["into winter time: an hour more", "2026-10-24T22:00+02:00", 9 * h, { calendar: { weekly: Array.from({ length: 7 }, () => [{ from: "22:00", until: "06:00" }]) } }, "2026-10-25T05:00:00.000Z"],
  ["Thanksgiving in New York", "2026-11-25T16:00-05:00", 2 * h, { calendar: { tz: "America/New_York", holidays: [{ first: "2026-11-26", last: "2026-11-26", name: "Thanksgiving" }] } }, "2026-11-27T15:00:00.000Z"],
] as const)("%s", (_, start, seconds, more, wanted) => {
  expect(due(start, seconds, more as object)).toBe(wanted);
}); // prettier-ignore

test("business days end with the closing, and holidays are none", () => {
  const days = (start: string, n: number, holidays: Calendar["holidays"] = []) => businessDaysAfter({ ...berlin, holidays }, at(start), n).toISOString(); // prettier-ignore
  expect(days("2026-01-16T10:00+01:00", 0)).toBe("2026-01-16T16:00:00.000Z");
  expect(days("2026-01-17T10:00+01:00", 0)).toBe("2026-01-19T16:00:00.000Z");
  expect(days("2026-01-16T10:00+01:00", 1)).toBe("2026-01-19T16:00:00.000Z");
  expect(days("2026-01-16T10:00+01:00", 2, [{ first: "2026-01-19", last: "2026-01-19", name: "x" }])).toBe(
    "2026-01-21T16:00:00.000Z",
  );
});

// The other way to say the same: look at the local clock once a minute.
const readings = new Map<string, Intl.DateTimeFormat>();
function isOpen(calendar: Calendar, ms: number): boolean {
  const clock = readings.get(calendar.tz) ?? new Intl.DateTimeFormat("en-CA", { timeZone: calendar.tz, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }); // prettier-ignore
  readings.set(calendar.tz, clock);
  const [date, time] = clock.format(ms).split(", ") as [string, string];
  if (calendar.holidays.some((x) => x.first <= date && date <= x.last)) return false;
  const weekday = (new Date(`${date}T12:00Z`).getUTCDay() + 6) % 7;
  const [today, yesterday] = [calendar.weekly[weekday]!, calendar.weekly[(weekday + 6) % 7]!];
  return (
    today.some((o) => time >= o.from && (time < o.until || o.until <= o.from)) ||
    yesterday.some((o) => o.until <= o.from && time < o.until)
  );
}

const minute = 60_000;
const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Cairo", "Pacific/Apia"]; // prettier-ignore
const times = fc
  .integer({ min: 0, max: 95 })
  .map((q) => `${String(Math.floor(q / 4)).padStart(2, "0")}:${String((q % 4) * 15).padStart(2, "0")}`);
const opening = fc.record({ from: times, until: times });
const day = fc
  .array(opening, { maxLength: 3 })
  .filter((d) => calendarSchema.shape.weekly.safeParse([d, ...usualWeek.slice(1)]).success);
const week = fc.array(day, { minLength: 7, maxLength: 7 });
// Around both changes of the clocks of the northern and the southern half, and anywhere else in the year.
const starts = fc.oneof(
  ...["2026-03-08", "2026-03-29", "2026-04-05", "2026-04-24", "2026-10-04", "2026-10-25", "2026-10-30", "2026-11-01"].map((day) =>
    fc.integer({ min: -2880, max: 1440 }).map((m) => Date.parse(day) + m * minute)),
  fc.integer({ min: 0, max: 525_600 }).map((m) => Date.UTC(2026, 0, 1) + m * minute),
); // prettier-ignore
const pause = fc.tuple(fc.integer({ min: -500, max: 8000 }), fc.integer({ min: 1, max: 2000 }));

test("the arithmetic of intervals says what a walk minute by minute says", () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), week, starts, fc.array(pause, { maxLength: 4 }), fc.integer({ min: 1, max: 900 }), fc.boolean(), (tz, weekly, start, gaps, minutes, holiday) => {
      const first = new Date(start + 86_400_000).toISOString().slice(0, 10);
      const given = { tz, weekly, holidays: holiday ? [{ first, last: first, name: "" }] : [] };
      fc.pre(calendarSchema.safeParse(given).success);
      const calendar: Calendar = { version: 1, ...given };
      const pauses = gaps.map(([from, length]): Period => ({ from: new Date(start + from * minute), until: new Date(start + (from + length) * minute) }));
      const counts = (ms: number): boolean => isOpen(calendar, ms) && !pauses.some((p) => p.from.getTime() <= ms && ms < p.until.getTime());
      let left = minutes;
      let ms = start;
      for (; left > 0; ms += minute) if (counts(ms)) left -= 1;
      expect(dueAfter(calendar, new Date(start), minutes * 60, pauses)).toEqual(new Date(ms));
      expect(openSeconds(calendar, new Date(start), new Date(ms), pauses)).toBe(minutes * 60);
    }),
    { numRuns: 150 },
  );
}, 60_000); // prettier-ignore
