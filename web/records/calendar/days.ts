import type { Condition } from "#kernel/condition";
import type { Field } from "#records";
import { instantOf, wallClock } from "../../kit/form/zoned.ts";

/*
 * Words we use
 *   day    a calendar day of the company's time zone as "2026-03-01"; never an instant
 */
const ms = 86_400_000;
const text = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The day some days later. */
export const dayAfter = (day: string, by: number): string => text(Date.parse(`${day}T00:00:00Z`) + by * ms);

/** The first day of the week a day is in; `first` as Intl counts, 1 Monday to 7 Sunday. */
export function weekOf(day: string, first: number): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  return dayAfter(day, -((weekday - first + 7) % 7));
}

/** The day on which weeks begin where the person is, 1 Monday to 7 Sunday. */
export function weekBegins(locale: string): number {
  const told = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } }; // prettier-ignore
  return (told.getWeekInfo?.() ?? told.weekInfo)?.firstDay ?? 1;
}

/** The weeks a calendar shows around a day, each of seven days: one, or all that its month touches. */
export function weeksOf(day: string, span: "month" | "week", first: number): string[][] {
  const week = (from: string): string[] => Array.from({ length: 7 }, (_x, i) => dayAfter(from, i));
  if (span === "week") return [week(weekOf(day, first))];
  const month = day.slice(0, 7);
  const weeks: string[][] = [];
  for (let from = weekOf(`${month}-01`, first); from.slice(0, 7) <= month; from = dayAfter(from, 7)) weeks.push(week(from)); // prettier-ignore
  return weeks;
}

/** The same day a month, or a week, on; the last of the month where it has no such day. */
export function turned(day: string, span: "month" | "week", by: number): string {
  if (span === "week") return dayAfter(day, 7 * by);
  const [year = 0, month = 1, of = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + by, 0)).getUTCDate();
  return text(Date.UTC(year, month - 1 + by, Math.min(of, last)));
}

/** The day a value stands on, in the company's zone. */
export const dayOfValue = (field: Field, value: unknown, zone: string): string | undefined =>
  typeof value !== "string" || value === "" ? undefined : field.type === "date" ? value.slice(0, 10) : wallClock(value, zone).slice(0, 10); // prettier-ignore

/** The value moved to another day; the time of day stays what the company's clock says. */
export const valueOn = (field: Field, value: unknown, day: string, zone: string): string =>
  field.type === "date" ? day : instantOf(`${day}${typeof value === "string" ? wallClock(value, zone).slice(10) : "T09:00"}`, zone); // prettier-ignore

/** Records whose value lies on these days, first and last included. */
export const onDays = (field: Field, first: string, last: string, zone: string): Condition =>
  field.type === "date"
    ? { field: field.name, op: "between", value: [first, last] }
    : { all: [{ field: field.name, op: "gte", value: instantOf(`${first}T00:00`, zone) }, { field: field.name, op: "lt", value: instantOf(`${dayAfter(last, 1)}T00:00`, zone) }] }; // prettier-ignore
