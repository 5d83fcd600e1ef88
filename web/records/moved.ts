import type { Lens } from "#customers";
import { objectOf } from "../kit/boot.ts";
import { date, dayOf } from "../kit/format.ts";
import { say } from "../kit/i18n.ts";

/*
 * Words we use
 *   moved   the question behind the number on a link of the ring: who moved on from a step of a lens toward the next in a period; or
 *           behind a band of the flow: who stood in a stage when the period began, and stands in another at its end
 */
export type MovedAsked = OnLink | InFlow;
interface OnLink {
  lens: string;
  from: string;
  to: string;
  /** Instants as ISO text; since included, until excluded. */
  since: string;
  until: string;
}

interface InFlow {
  /** A stage of the lifecycle, or "unknown": not known yet. */
  stood: string;
  stands: string;
  since: string;
  until: string;
}

const isKey = (value: unknown): value is string => typeof value === "string" && /^[a-z0-9_-]{1,60}$/.test(value);
const isInstant = (value: unknown): value is string =>
  typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value));

/** Reads the question from an address; undefined when it is not understood. */
export function movedOf(value: unknown): MovedAsked | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { lens, from, to, stood, stands, since, until } = value as Record<string, unknown>;
  if (!isInstant(since) || !isInstant(until)) return undefined;
  if (isKey(stood) && isKey(stands)) return { stood, stands, since, until };
  if (!isKey(lens) || !isKey(from) || !isKey(to)) return undefined;
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
  const period = periodWords(new Date(asked.since), new Date(asked.until), now);
  if ("stood" in asked) return flowWords(asked, period);
  const name = (key: string): string => say(lens?.steps.find((step) => step.key === key)?.name ?? key);
  return say("moved from {from} to {to} {period}", { from: name(asked.from), to: name(asked.to), period });
}

/** "was Active, is now At risk in 90 days": the words of a band of the flow. */
function flowWords({ stood, stands }: InFlow, period: string): string {
  const choices = objectOf("contact")?.fields.find((field) => field.name === "lifecycle_stage")?.choices ?? [];
  const name = (stage: string): string => say(choices.find((choice) => choice.value === stage)?.label ?? stage);
  if (stood === "unknown") return say("became known and {to} {period}", { to: name(stands), period });
  if (stood === stands) return say("began and ended in {to} {period}", { to: name(stands), period });
  return say("went from {from} to {to} {period}", { from: name(stood), to: name(stands), period });
}
