/*
 * How dates are written, by name. A name is the day ("d/m/y"), then the clock:
 *   nothing      a day
 *   " h:m"       hours and minutes, seconds if they are there
 *   " h:m am"    the same on the twelve-hour clock
 *   " h:m zone"  with Z or an offset such as +02:00
 */
const days = {
  "y-m-d": String.raw`(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})`,
  yyyymmdd: String.raw`(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})`,
  "y/m/d": String.raw`(?<y>\d{4})/(?<m>\d{1,2})/(?<d>\d{1,2})`,
  "d/m/y": String.raw`(?<d>\d{1,2})/(?<m>\d{1,2})/(?<y>\d{4})`,
  "m/d/y": String.raw`(?<m>\d{1,2})/(?<d>\d{1,2})/(?<y>\d{4})`,
  "d.m.y": String.raw`(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})`,
  "d-m-y": String.raw`(?<d>\d{1,2})-(?<m>\d{1,2})-(?<y>\d{4})`,
  "m-d-y": String.raw`(?<m>\d{1,2})-(?<d>\d{1,2})-(?<y>\d{4})`,
  "d mon y": String.raw`(?<d>\d{1,2})[ -](?<mon>[A-Za-z]{3,9})[ -](?<y>\d{4})`,
  "mon d, y": String.raw`(?<mon>[A-Za-z]{3,9}) (?<d>\d{1,2}),? (?<y>\d{4})`,
  "d/m/yy": String.raw`(?<d>\d{1,2})/(?<m>\d{1,2})/(?<y>\d{2})`,
  "m/d/yy": String.raw`(?<m>\d{1,2})/(?<d>\d{1,2})/(?<y>\d{2})`,
  "d.m.yy": String.raw`(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{2})`,
} as const;
type Day = keyof typeof days;

const CLOCK = String.raw`(?<h>\d{1,2}):(?<min>\d{2})(?::(?<s>\d{2})(?:[.,](?<ms>\d{1,9}))?)?`;
const clocks = {
  "": "",
  " h:m": String.raw`[ T]+${CLOCK}`,
  " h:m am": String.raw`[ T]+${CLOCK} ?(?<half>[ap])\.?m\.?`,
  " h:m zone": String.raw`[ T]+${CLOCK} ?(?<zone>z|utc|[+-]\d{2}(?::?\d{2})?)`,
} as const;
type Clock = keyof typeof clocks;

export type DateFormat = `${Day}${Clock}` | "unix s" | "unix ms";

/** Workbooks and databases leave midnight away, so an ISO moment may lack its clock; nothing else may. */
const pattern = (day: Day, clock: Clock): RegExp =>
  day === "y-m-d" && clock === " h:m"
    ? new RegExp(`^${days[day]}(?:${clocks[clock]})?$`, "i")
    : new RegExp(`^${days[day]}${clocks[clock]}$`, "i");

const written = (Object.keys(days) as Day[]).flatMap((day) =>
  (Object.keys(clocks) as Clock[]).map((clock) => [`${day}${clock}` as DateFormat, pattern(day, clock)] as const),
);

/** The pattern of each written format, likeliest first. */
export const patterns: ReadonlyMap<DateFormat, RegExp> = new Map<DateFormat, RegExp>([
  ...written,
  ["unix s", /^\d{9,10}$/],
  ["unix ms", /^\d{12,13}$/],
]);

/** Every format, likeliest first. */
export const dateFormats: readonly DateFormat[] = [...patterns.keys()];

/** Whether a format tells the time of day. */
export const hasClock = (format: DateFormat): boolean => format.includes(" h:m") || format.startsWith("unix");

/** Month 1 to 12 of an English name or its first three letters; undefined for anything else. */
export const monthOf = (name: string): number | undefined => {
  const lower = name.toLowerCase();
  const at = months.findIndex(
    (month) => month === lower || month.slice(0, 3) === lower || (month === "september" && lower === "sept"),
  );
  return at < 0 ? undefined : at + 1;
};

const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
