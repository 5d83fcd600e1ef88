import { IANAZone } from "luxon";
import { shown } from "./problem.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Offset from UTC in minutes on a day, null around a change of clocks. At most 128,000 days between 1850 and 2200. */
type Zone = { known: IANAZone; steady: Map<number, number | null> };
const zones = new Map<string, Zone>();

/**
 * The moment a wall clock in `zone` (IANA name) shows a time, given as if it were UTC, in milliseconds since 1970.
 * A time that is skipped is moved forward, of two moments showing the same time the first counts.
 * Throws RangeError for an unknown zone.
 */
export const instantOf = (local: number, zone: string): number => {
  if (zone === "UTC") return local;
  const place = placeOf(zone);
  const offset = steadyOffset(place, Math.floor(local / DAY));
  return offset === null ? nearChange(local, place.known) : local - offset * MINUTE;
};

const placeOf = (zone: string): Zone => {
  const found = zones.get(zone);
  if (found) return found;
  const known = IANAZone.create(zone);
  if (!known.isValid) throw new RangeError(`There is no time zone named "${shown(zone)}".`);
  const place = { known, steady: new Map<number, number | null>() };
  zones.set(zone, place);
  return place;
};

// Asking Intl for an offset takes 5 µs or more, and a file has many rows a day: remembering makes it 20 times faster.
const steadyOffset = ({ known, steady }: Zone, day: number): number | null => {
  const found = steady.get(day);
  if (found !== undefined) return found;
  const before = known.offset((day - 1) * DAY);
  const offset = before === known.offset((day + 2) * DAY) ? before : null;
  steady.set(day, offset);
  return offset;
};

const nearChange = (local: number, zone: IANAZone): number => {
  const before = local - zone.offset(local - DAY) * MINUTE;
  if (before + zone.offset(before) * MINUTE === local) return before;
  const after = local - zone.offset(local + DAY) * MINUTE;
  return after + zone.offset(after) * MINUTE === local ? after : before;
};
