import { workspace } from "./boot.ts";
import { i18n } from "./i18n.ts";

// Making an Intl formatter costs about 50 µs, a table draws hundreds of cells a frame: each is made once.
const made = new Map<string, unknown>();
const once = <T>(key: string, make: () => T): T => {
  const known = made.get(key);
  if (known !== undefined) return known as T;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
};

/** The language and region that numbers and dates are written in: the workspace's. */
export const locale = (): string => workspace().locale || i18n.locale || "en";

/** A whole or decimal number, at most two decimals. */
export const count = (value: number): string =>
  once(`n${locale()}`, () => new Intl.NumberFormat(locale(), { maximumFractionDigits: 2 })).format(value);

// Where the server stops counting; any other number that is not exact is its estimate.
const countedTo = 10_000;

/** An honest total: "4,372", "10,000+" when counting stopped there, or "about 1,000,000". */
export const total = ({ count: n, exact }: { count: number; exact: boolean }): string => {
  if (exact) return count(n);
  return n !== countedTo ? i18n._("about {n}", { n: count(n) }) : `${count(n)}+`;
};

/** A number to the tenth: "1.4". */
export const tenths = (value: number): string =>
  once(`t${locale()}`, () => new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 })).format(value);

/** A number in little room: "541K". */
export const short = (value: number): string =>
  once(
    `s${value < 10_000}${locale()}`,
    () => new Intl.NumberFormat(locale(), { notation: "compact", maximumFractionDigits: value < 10_000 ? 1 : 0 }),
  ).format(value);

/** A share 0..1 as "38 %". */
export const percent = (share: number, digits = 0): string =>
  once(
    `p${digits}${locale()}`,
    () => new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: digits }),
  ).format(share);

const moneyFormat = (currency: string, short: boolean) =>
  once(
    `m${short}${currency}${locale()}`,
    () =>
      new Intl.NumberFormat(locale(), {
        style: "currency",
        currency,
        currencyDisplay: "narrowSymbol",
        ...(short ? { notation: "compact", maximumFractionDigits: 1 } : {}),
      }),
  );

/** How many decimals a currency has, by the browser's tables (EUR 2, JPY 0, BHD 3). */
export const decimalsOf = (currency: string): number =>
  once(
    `d${currency}`,
    () => new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2,
  );

/** Money from minor units: 1234 EUR is "€12.34"; `short` gives "€712.4K". */
export const money = (minor: number, currency: string = workspace().currency, short = false): string => {
  try {
    return moneyFormat(currency, short).format(minor / 10 ** decimalsOf(currency));
  } catch {
    return `${count(minor / 100)} ${currency}`; // a code this browser does not know is shown as written
  }
};

/** Money that nobody knows to the unit, to two figures: 289_412 EUR is "€2,900"; `bare` leaves the currency's sign out. */
export const roughly = (minor: number, bare?: "bare"): string => {
  const currency = workspace().currency;
  const style = bare ? {} : ({ style: "currency", currency, currencyDisplay: "narrowSymbol" } as const);
  const format = once(`r${bare}${currency}${locale()}`, () => new Intl.NumberFormat(locale(), { ...style, maximumSignificantDigits: 2 }));
  return format.format(minor / 10 ** decimalsOf(currency));
}; // prettier-ignore

const dateFormat = (key: string, options: Intl.DateTimeFormatOptions, zone: string): Intl.DateTimeFormat =>
  once(`t${key}${zone}${locale()}`, () => new Intl.DateTimeFormat(locale(), { ...options, timeZone: zone }));

/** A calendar date "2026-03-01" as "1 Mar 2026"; it has no zone, so none is applied. */
export const date = (day: string): string => {
  const at = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(at.getTime())
    ? day
    : dateFormat("d", { day: "numeric", month: "short", year: "numeric" }, "UTC").format(at);
};

/** An instant in the workspace's zone: "1 Mar 2026, 14:05". */
export const instant = (iso: string): string => {
  const at = new Date(iso);
  return Number.isNaN(at.getTime())
    ? iso
    : dateFormat(
        "i",
        {
          day: "numeric",
          month: "short",
          year: "numeric",
          hour: "2-digit",
          minute: "2-digit",
          hourCycle: "h23",
        },
        workspace().time_zone,
      ).format(at);
};

/** The time of day of an instant in the workspace's zone: "14:05". */
export const timeOfDay = (iso: string): string =>
  dateFormat("h", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, workspace().time_zone).format(
    new Date(iso),
  );

/** Day and month of an instant in the workspace's zone: "3 Nov". */
export const dayAndMonth = (iso: string): string =>
  dateFormat("dm", { day: "numeric", month: "short" }, workspace().time_zone).format(new Date(iso));

/** Month of an instant in the workspace's zone, with the year unless it is this one: "November", "November 2025". */
export const monthOf = (iso: string, now: Date = new Date()): string => {
  const year = (at: Date): string => dateFormat("y", { year: "numeric" }, workspace().time_zone).format(at);
  const at = new Date(iso);
  return dateFormat(
    `mo${year(at) === year(now)}`,
    { month: "long", ...(year(at) === year(now) ? {} : { year: "numeric" }) },
    workspace().time_zone,
  ).format(at);
};

/** The calendar day of an instant in the workspace's zone as "2026-03-01". */
export const dayOf = (at: Date): string =>
  once(
    `iso${workspace().time_zone}`,
    () => new Intl.DateTimeFormat("en-CA", { timeZone: workspace().time_zone }),
  ).format(at);

/** A country code as its name in the person's language; the code when unknown. */
export const country = (code: string): string => {
  try {
    return once(`c${i18n.locale}`, () => new Intl.DisplayNames(i18n.locale, { type: "region" })).of(code) ?? code;
  } catch {
    return code;
  }
};

/** A currency code as its name: "Euro". */
export const currencyName = (code: string): string =>
  once(`cn${i18n.locale}`, () => new Intl.DisplayNames(i18n.locale, { type: "currency" })).of(code) ?? code;

/** "4.1 MB" in powers of ten, as file managers and the server's limit say it. */
export function bytesWords(bytes: number): string {
  if (bytes >= 1e9) return `${count(Math.round(bytes / 1e8) / 10)} GB`;
  if (bytes >= 1e6) return `${count(Math.round(bytes / 1e5) / 10)} MB`;
  if (bytes >= 1e3) return `${count(Math.round(bytes / 1e3))} KB`;
  return `${count(bytes)} bytes`;
}
