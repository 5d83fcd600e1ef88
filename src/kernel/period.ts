/*
 * Words we use
 *   period   a half-open stretch of time: from included, until excluded; both UTC instants
 *   span     a length such as 60 days; months and years are calendar months, so they are counted by the calendar
 */
export interface Period {
  from: Date;
  until: Date;
}

export const spanUnits = ["minute", "hour", "day", "week", "month", "year"] as const;
export type SpanUnit = (typeof spanUnits)[number];
export interface Span {
  n: number;
  unit: SpanUnit;
}

const fixed: Partial<Record<SpanUnit, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/** The instant n spans later (negative: earlier), in UTC; 31 January + 1 month is the last of February, as PostgreSQL counts. */
export function shift(at: Date, span: Span, times: 1 | -1 = 1): Date {
  const ms = fixed[span.unit];
  if (ms !== undefined) return new Date(at.getTime() + times * span.n * ms);
  const months = times * span.n * (span.unit === "year" ? 12 : 1);
  const moved = new Date(at);
  const day = moved.getUTCDate();
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(day, last));
  return moved;
}
