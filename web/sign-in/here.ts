// Where currency differs from the region's usual guess we are wrong once, visibly, in a field the person can change.
const euro = "AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK BG";
const others: Record<string, string> = {
  US: "USD",
  GB: "GBP",
  CH: "CHF",
  SE: "SEK",
  NO: "NOK",
  DK: "DKK",
  PL: "PLN",
  CZ: "CZK",
  JP: "JPY",
  CN: "CNY",
  IN: "INR",
  BR: "BRL",
  CA: "CAD",
  AU: "AUD",
  MX: "MXN",
  TR: "TRY",
  ZA: "ZAR",
  KR: "KRW",
  AE: "AED",
  SA: "SAR",
};

/** The currency of the region the browser names; EUR where it names none we know. */
export function currencyHere(tag: string = navigator.language): string {
  const region = regionOf(tag);
  return euro.includes(region) ? "EUR" : (others[region] ?? "EUR");
}

/** The region of a browser's language; none when it is no BCP 47 tag: on a machine with the locale "C" Chromium says "en-US@posix". */
function regionOf(tag: string): string {
  try {
    return new Intl.Locale(tag.replace(/@.*/, "")).maximize().region ?? "";
  } catch {
    return "";
  }
}

/** The browser's time zone by its IANA name. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
