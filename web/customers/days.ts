import { date, dayAndMonth, dayOf } from "../kit/format.ts";

/** Day and month of an instant, with the year when it is another than this one: "3 Nov", "3 Nov 2024". */
export const shortDay = (iso: string, now: Date = new Date()): string => {
  const day = dayOf(new Date(iso));
  return day.slice(0, 4) === dayOf(now).slice(0, 4) ? dayAndMonth(iso) : date(day);
};

/** Whole days from one instant to another, never below 0. */
export const daysBetween = (from: string | Date, until: string | Date): number =>
  Math.max(0, Math.floor((new Date(until).getTime() - new Date(from).getTime()) / 86_400_000));

/** Whole days since an instant. */
export const daysSince = (iso: string, now: Date = new Date()): number => daysBetween(iso, now);

/** Whole days until an instant. */
export const daysUntil = (iso: string, now: Date = new Date()): number => daysBetween(now, iso);
