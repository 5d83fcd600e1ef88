import type { Lens } from "#customers";
import { date, dayOf } from "../kit/format.ts";
import { say } from "../kit/i18n.ts";

/*
 * Words we use
 *   moved   the question behind the number on a link of the ring: who moved on from a step of a lens toward the next in a period
 */
export interface MovedAsked {
  lens: string;
  from: string;
  to: string;
  /** Instants as ISO text; since included, until excluded. */
  since: string;
  until: string;
}

const isKey = (value: unknown): value is string => typeof value === "string" && /^[a-z0-9_-]{1,60}$/.test(value);
const isInstant = (value: unknown): value is string =>
  typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value));

/** Reads the question from an address; undefined when it is not understood. */
export function movedOf(value: unknown): MovedAsked | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { lens, from, to, since, until } = value as Record<string, unknown>;
  if (!isKey(lens) || !isKey(from) || !isKey(to) || !isInstant(since) || !isInstant(until)) return undefined;
  return { lens, from, to, since, until };
}

const day = 86_400_000; // ms
const spans: Readonly<Record<number, () => string>> = { 30: () => say("in 30 days"), 90: () => say("in 90 days"), 365: () => say("in 1 year") }; // prettier-ignore
// As home asks for "all time"; nobody is known since then.
const beginning = Date.parse("1990-01-01T00:00:00Z");

const periodWords = (since: Date, until: Date, now: Date): string => {
  const fresh = Math.abs(now.getTime() - until.getTime()) < day;
  const last = date(dayOf(new Date(until.getTime() - 1)));
  if (since.getTime() <= beginning) return fresh ? say("so far") : say("until {day}", { day: last });
  const span = fresh ? spans[(until.getTime() - since.getTime()) / day] : undefined;
  return span ? span() : say("between {since} and {until}", { since: date(dayOf(since)), until: last });
};

/** "moved from Provided to Paid in 1 year", in the words of its lens; a period that ended a day ago or earlier is said in dates. */
export function movedWords(asked: MovedAsked, lens: Lens | undefined, now: Date): string {
  const name = (key: string): string => say(lens?.steps.find((step) => step.key === key)?.name ?? key);
  const period = periodWords(new Date(asked.since), new Date(asked.until), now);
  return say("moved from {from} to {to} {period}", { from: name(asked.from), to: name(asked.to), period });
}
