import type { Condition } from "#kernel/condition";

/*
 * Words we use
 *   period   the stretch of time a ring tells of: the last days up to now, everything so far, or two own dates (both included)
 *   cohort   which customers the ring is about: all, those who became known in the period, or those who fit a condition
 */
export const spans = ["30d", "90d", "1y", "all", "own"] as const;
export type SpanKey = (typeof spans)[number];

export interface HomeSearch {
  lens?: string;
  period?: SpanKey;
  /** Own dates, "2026-03-01". */
  from?: string;
  until?: string;
  who?: "account";
  /** Only who became known in the period. */
  fresh?: true;
  cohort?: Condition;
}

export const usualSpan: SpanKey = "1y";
const days: Partial<Record<SpanKey, number>> = { "30d": 30, "90d": 90, "1y": 365 };
// Older than any customer here; the server takes periods of at most 50 years.
const beginning = "1990-01-01T00:00:00.000Z";

const isDay = (value: unknown): value is string =>
  typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
const isSpan = (value: unknown): value is SpanKey => spans.some((span) => span === value);
const isCondition = (value: unknown): value is Condition =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;

/** Reads what the ring shows from the address; what is not understood is left out. */
export function homeSearch(search: Record<string, unknown>): HomeSearch {
  const { lens, period, from, until, who, fresh, cohort } = search;
  return {
    ...(typeof lens === "string" && /^[a-z0-9_-]{1,60}$/.test(lens) ? { lens } : {}),
    ...(isSpan(period) && period !== usualSpan ? { period } : {}),
    ...(isDay(from) ? { from } : {}),
    ...(isDay(until) ? { until } : {}),
    ...(who === "account" ? { who } : {}),
    ...(fresh === true ? { fresh } : {}),
    ...(isCondition(cohort) ? { cohort } : {}),
  };
}

/** The instant at which a calendar day begins in a zone, as ISO text. */
export function startOfDay(day: string, zone: string): string {
  const guess = Date.parse(`${day}T00:00:00Z`);
  // Twice, because the zone's offset at the guess may differ from the one at the day's own midnight.
  let at = guess;
  for (let i = 0; i < 2; i++) at = guess - offsetAt(at, zone);
  return new Date(at).toISOString();
}

const offsetAt = (at: number, zone: string): number => {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }); // prettier-ignore
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(part["year"] ?? 0, (part["month"] ?? 1) - 1, part["day"] ?? 1, part["hour"] ?? 0, part["minute"] ?? 0, part["second"] ?? 0); // prettier-ignore
  return wall - Math.floor(at / 1000) * 1000;
};

const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** The period as two instants, from included, until excluded; `now` to the minute, so that asking twice is asking the same. */
export function instantsOf(search: HomeSearch, zone: string, now: Date): { from: string; until: string } {
  const minute = new Date(Math.ceil(now.getTime() / 60_000) * 60_000);
  const until = minute.toISOString();
  const span = search.period ?? usualSpan;
  if (span === "all") return { from: beginning, until };
  if (span === "own" && search.from && search.until && search.from <= search.until)
    return { from: startOfDay(search.from, zone), until: startOfDay(nextDay(search.until), zone) };
  return { from: new Date(minute.getTime() - (days[span] ?? 365) * 86_400_000).toISOString(), until };
}

/** The cohort as one condition; undefined for everybody. */
export function cohortOf(search: HomeSearch, period: { from: string; until: string }): Condition | undefined {
  const subject = search.who ?? "contact";
  const parts: Condition[] = [
    ...(search.fresh ? [{ fact: `${subject}.created`, within: period }] : []),
    ...(search.cohort ? [search.cohort] : []),
  ];
  return parts.length > 1 ? { all: parts } : parts[0];
}
