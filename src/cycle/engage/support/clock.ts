import { dueAfter, openSeconds, type Calendar } from "#platform/calendar";

/*
 * A target's clock, without a database: what is due and what came of it follow from the times of events alone. A job that looks late,
 * or never, changes nothing.
 *
 * Words we use
 *   pause   a stretch in which the clock stands; without end while it still does
 */
export interface Pause {
  from: Date;
  until: Date | null;
}

export interface Clock {
  calendar: Calendar;
  started_at: Date;
  /** How much of the calendar's open time is given. */
  seconds: number;
  pauses: readonly Pause[];
}

// So much of the time is gone when somebody should be warned.
const warnedAfter = 0.8;

/** The instant at which the given part of the time is used up; null while the clock stands before it. */
function usedUp({ calendar, started_at, seconds, pauses }: Clock, part: number): Date | null {
  const over = pauses.flatMap((p) => (p.until ? [{ from: p.from, until: p.until }] : []));
  const standing = pauses.find((p) => p.until === null);
  const at = dueAfter(calendar, started_at, seconds * part, over);
  return standing && at > standing.from ? null : at;
}

/** When it is due, and when somebody should be warned; null while that is not known because the clock stands. */
export const dueOf = (clock: Clock): { due_at: Date | null; warn_at: Date | null } => ({
  due_at: usedUp(clock, 1),
  warn_at: usedUp(clock, warnedAfter),
});

export interface Judged {
  late: boolean;
  due_at: Date | null;
  warn_at: Date | null;
  /** Seconds of the clock after the due instant; 0 when it is missed outside the hours. */
  late_by: number;
}

/** How an ending at that instant stands to what was due. Exactly on time is on time. */
export function judge(clock: Clock, at: Date): Judged {
  const due = dueOf(clock);
  if (!due.due_at || due.due_at >= at) return { ...due, late: false, late_by: 0 };
  const over = clock.pauses.map((p) => ({ from: p.from, until: p.until ?? at }));
  return { ...due, late: true, late_by: Math.round(openSeconds(clock.calendar, due.due_at, at, over)) };
}
