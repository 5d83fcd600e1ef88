/*
 * How a date of the file would be read, so that a person can choose between two ways by what they mean, not by letters.
 * The names of formats are the server's: the day ("d/m/y", "mon d, y"), then the clock (" h:m", " h:m am", " h:m zone").
 */
const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

interface Read {
  y: number;
  m: number;
  d: number;
  clock: string;
}

const century = (y: number): number => (y >= 100 ? y : y < 70 ? 2000 + y : 1900 + y);

const dayIn = (text: string, day: string): Omit<Read, "clock"> | undefined => {
  if (day === "yyyymmdd") {
    const [, y, m, d] = /^(\d{4})(\d{2})(\d{2})/.exec(text) ?? [];
    return y ? { y: Number(y), m: Number(m), d: Number(d) } : undefined;
  }
  const parts = text.match(/\d+|[A-Za-z]{3,}/g) ?? [];
  const names = day.match(/mon|yy|[ymd]/g) ?? [];
  const found: Partial<Record<string, number>> = {};
  names.forEach((name, i) => {
    const part = parts[i] ?? "";
    if (name === "mon") found["m"] = months.indexOf(part.slice(0, 3).toLowerCase()) + 1;
    else found[name === "yy" ? "y" : name] = Number(part);
  });
  const { y, m, d } = found;
  return y === undefined || m === undefined || d === undefined ? undefined : { y: century(y), m, d };
};

const read = (text: string, format: string): Read | undefined => {
  const [day = "", ...rest] = format.split(/ (?=h:m)/);
  const found = dayIn(text.trim(), day);
  if (!found) return undefined;
  const clock = rest.length === 0 ? "" : (/\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?/i.exec(text)?.[0] ?? "");
  const at = new Date(Date.UTC(found.y, found.m - 1, found.d));
  return at.getUTCMonth() + 1 === found.m && at.getUTCDate() === found.d ? { ...found, clock } : undefined;
};

/** "3 April 2026, 08:26": how a text reads in a format; undefined when the format does not fit it. */
export function readAs(text: string, format: string, locale = "en-GB"): string | undefined {
  const words = (at: Date): string =>
    new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(at);
  if (format.startsWith("unix")) {
    const ms = Number(text) * (format === "unix s" ? 1000 : 1);
    return Number.isFinite(ms) && text.trim() !== "" ? words(new Date(ms)) : undefined;
  }
  const found = read(text, format);
  if (!found) return undefined;
  const day = words(new Date(Date.UTC(found.y, found.m - 1, found.d)));
  return found.clock ? `${day}, ${found.clock}` : day;
}

/** The example that tells two formats apart best: one that they read as different days. */
export const tellingExample = (examples: readonly string[], formats: readonly string[]): string =>
  examples.find((text) => new Set(formats.slice(0, 2).map((format) => readAs(text, format))).size > 1) ??
  examples[0] ??
  "";

/** Formats for a column in which no date was recognised. */
export const commonDates = [
  "y-m-d", "y-m-d h:m", "y-m-d h:m zone", "d/m/y", "d/m/y h:m", "m/d/y", "m/d/y h:m", "m/d/y h:m am", "d.m.y", "d.m.y h:m", "d-m-y", "yyyymmdd", "d mon y", "mon d, y", "unix s", "unix ms",
] as const; // prettier-ignore
