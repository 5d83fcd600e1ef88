const partsIn = (at: Date, zone: string): number => {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
};

/** The wall clock of an instant in a zone, as a datetime-local field wants it: "2026-03-01T14:05". */
export const wallClock = (iso: string, zone: string): string =>
  new Date(partsIn(new Date(iso), zone)).toISOString().slice(0, 16);

/** The instant of a wall clock in a zone as ISO text; a time that the clock skips in spring is taken an hour later. */
export function instantOf(wall: string, zone: string): string {
  const guess = Date.parse(`${wall}Z`);
  const offsetAt = (at: number): number => partsIn(new Date(at), zone) - at;
  const before = guess - offsetAt(guess - 86_400_000);
  const after = guess - offsetAt(guess + 86_400_000);
  // Both sides of a change of clocks are tried; in the skipped hour neither fits and the winter offset moves it forward.
  const fits = [after, before].find((at) => at + offsetAt(at) === guess);
  return new Date(fits ?? Math.max(before, after)).toISOString();
}
